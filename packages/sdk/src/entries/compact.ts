import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules, UNBUILT } from '../modules/all.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createBrowserPlatform } from '../platform/browser.ts';
import { browserFiles } from '../platform/browser-files.ts';

const TIM = composeTIM(
  createEngine(createBrowserPlatform, [...allModules, createUploads(browserFiles)]),
  UNBUILT,
  consoleSink,
);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
