import { createOfflineCache } from '../modules/offline/offline-cache.ts';
import { createWxCabinet } from '../platform/wx-cabinet.ts';
import { composeWx } from './compose-wx.ts';

const TIM = composeWx([createOfflineCache(createWxCabinet())]);

export default TIM;
