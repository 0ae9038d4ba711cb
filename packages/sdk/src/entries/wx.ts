import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules, UNBUILT } from '../modules/all.ts';
import { furtherModules } from '../modules/further.ts';
import { createOfflineCache } from '../modules/offline/offline-cache.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createWxPlatform } from '../platform/wx.ts';
import { createWxCabinet } from '../platform/wx-cabinet.ts';
import { createWxFiles } from '../platform/wx-files.ts';

const TIM = composeTIM(
  createEngine(
    () => createWxPlatform(),
    [...allModules, ...furtherModules, createUploads(createWxFiles()), createOfflineCache(createWxCabinet())],
  ),
  UNBUILT,
  consoleSink,
);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
