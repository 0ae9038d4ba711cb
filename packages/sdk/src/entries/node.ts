import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules } from '../modules/all.ts';
import { furtherModules } from '../modules/further.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createNodePlatform } from '../platform/node.ts';
import { nodeFiles } from '../platform/node-files.ts';

const TIM = composeTIM(
  createEngine(createNodePlatform, [...allModules, ...furtherModules, createUploads(nodeFiles)]),
  '',
  consoleSink,
);

export default TIM;
export const { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } = TIM;
