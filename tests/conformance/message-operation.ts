import type { ChatSDK } from '@sterna/sdk';
import { history, settle, shown } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import type { MessageScene } from './message-scene.ts';

type Role = keyof MessageScene['devices'];

/** What a device has, asked for anew. */
export type Look = (scene: MessageScene, device: Device) => Promise<unknown>;

export interface MessageOperation {
  call(device: Device, scene: MessageScene): Promise<unknown>;
  /** What the caller gets. */
  result: unknown;
  /** The events that each device gets, without those about the lists that follow. */
  told?: Partial<Record<Role, readonly string[]>>;
  /** What other devices have when they were away since, and are back. Reading alone is done there once more. */
  there?: Partial<Record<Role, readonly [look: Look, shows: unknown]>>;
}

export const data = async <Data>({ world }: MessageScene, answer: Promise<{ data: Data }>): Promise<Data> =>
  (await settle(world, answer)).data;
export const conversation =
  (conversationID: string): Look =>
  ({ world }, device) =>
    shown(world, device, conversationID);
export const messages =
  (conversationID: string): Look =>
  ({ world }, device) =>
    history(world, device, conversationID);
export const newest =
  (conversationID: string): Look =>
  async ({ world }, device) =>
    (await history(world, device, conversationID)).at(-1);

export type Operations = Partial<Record<keyof ChatSDK, MessageOperation>>;
