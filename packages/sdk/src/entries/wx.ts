import { composeWx } from './compose-wx.ts';

const TIM = composeWx([]);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
