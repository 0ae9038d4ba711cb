import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { allModules } from '../modules/all.ts';
import type { EngineModuleFactory } from '../modules/engine-module.ts';
import { furtherModules } from '../modules/further.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createWxPlatform } from '../platform/wx.ts';
import { createWxFiles } from '../platform/wx-files.ts';
import type { TIMStatic } from '../types/sdk.ts';

/** The SDK for mini programs: all domains, and what a build of it adds. */
export function composeWx(more: readonly EngineModuleFactory[]): TIMStatic {
  const domains = [...allModules, ...furtherModules, createUploads(createWxFiles()), ...more];
  return composeTIM(
    createEngine(() => createWxPlatform(), domains),
    '',
    consoleSink,
  );
}
