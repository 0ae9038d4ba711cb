import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules } from '../modules/all.ts';
import { furtherModules } from '../modules/further.ts';
import { createOfflineCache } from '../modules/offline/offline-cache.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createBrowserPlatform } from '../platform/browser.ts';
import { browserCabinet } from '../platform/browser-cabinet.ts';
import { browserFiles } from '../platform/browser-files.ts';

const TIM = composeTIM(
  createEngine(createBrowserPlatform, [
    ...allModules,
    ...furtherModules,
    createUploads(browserFiles),
    createOfflineCache(browserCabinet),
  ]),
  '',
  consoleSink,
);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
