import type { EngineModuleFactory } from '../engine-module.ts';
import { follows } from './follows.ts';
import { friends } from './friends.ts';
import { userStatus } from './user-status.ts';

/** What a page that is to be small leaves out: friends, who is online, who follows whom. */
export const people: readonly EngineModuleFactory[] = [friends, userStatus, follows];
