import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules, UNBUILT } from '../modules/all.ts';
import { createBrowserPlatform } from '../platform/browser.ts';

const TIM = composeTIM(createEngine(createBrowserPlatform, allModules), UNBUILT, consoleSink);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
