import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import type { LogSink } from '../logger.ts';
import { everyMethod } from '../methods.ts';
import { allModules as wholeModules } from '../modules/all.ts';
import { conversationGroups } from '../modules/conversations/conversation-groups.ts';
import { receiveOption } from '../modules/conversations/receive-option.ts';
import type { EngineModuleFactory } from '../modules/engine-module.ts';
import { groupExtras } from '../modules/groups/group-extras.ts';
import { messageExtras } from '../modules/messages/message-extras.ts';
import { receipts } from '../modules/messages/receipts.ts';
import type { Platform } from '../platform/platform.ts';
import type { ChatSDK } from '../types/sdk.ts';

/** What tests talk about unless they say otherwise: what no list of people, no index and no timer is needed for. */
export const allModules: readonly EngineModuleFactory[] = [
  ...wholeModules.slice(0, -1),
  groupExtras,
  receipts,
  messageExtras,
  conversationGroups,
  receiveOption,
  ...wholeModules.slice(-1),
];

const REGISTRY = Symbol.for('sterna.instances');

/** An instance of its own: where many devices of one app live in one process, the registry of a page must not join them. */
export function createInstance(
  platform: Platform,
  SDKAppID: number,
  sink: LogSink,
  {
    domains = allModules,
    ...options
  }: {
    proxyServer?: string;
    useUploadPlugin?: boolean;
    offlineCache?: boolean;
    domains?: readonly EngineModuleFactory[];
  } = {},
): ChatSDK {
  const tim = composeTIM(
    createEngine(() => platform, domains),
    everyMethod(),
    sink,
  ).create({ SDKAppID, ...options });
  const registry: unknown = Reflect.get(globalThis, REGISTRY);
  if (registry instanceof Map) registry.delete(SDKAppID);
  return tim;
}
