import type { Objects, UploadGrant } from '@sterna/core';
import type { ChatSDK, Message } from '@sterna/sdk';
import { allModules, createUploads, type Files, type Sending } from '@sterna/sdk/testing';
import { logIn, told } from './talk.ts';
import { createWorld } from './world.ts';

/** The address of the files in these tests; nobody opens it. */
const HOST = 'https://files.test';

/** What a plug-in's uploads came to, in place of an object service. */
export interface FakeFiles {
  objects: Objects;
  /** Grants by their keys, in the order in which they were asked for. */
  granted: UploadGrant[];
  /** The bytes of a key have arrived. */
  arrive(key: string, size: number): void;
  /** Whether the server knows what videos show. */
  takesSnapshots: boolean;
}

const GRANT_MS = 30 * 60_000;

/** The core's port for files on a table of sizes. */
export function createFakeFiles(nowMs: () => number): FakeFiles {
  const sizes = new Map<string, number>();
  let keys = 0;
  const files: FakeFiles = {
    granted: [],
    takesSnapshots: false,
    arrive: (key, size) => void sizes.set(key, size),
    objects: {
      newKey: (app, userID, fileName) => `${app}/${userID}/r${++keys}/${fileName}`,
      isKeyOf: (app, userID, key) => key.startsWith(`${app}/${userID}/`),
      mostBytes: () => 100 * 1024 * 1024,
      grant({ app, key, size }) {
        const startS = Math.floor(nowMs() / 1000);
        const grant: UploadGrant = {
          bucket: `sterna-${app}`,
          region: 'local',
          url: HOST,
          credential: {
            TmpSecretId: 'id',
            TmpSecretKey: `key of ${size}`,
            SecurityToken: `token ${files.granted.length + 1}`,
            StartTime: startS,
            ExpiredTime: startS + GRANT_MS / 1000,
          },
          putURL: `${HOST}/${key}?upload=token`,
          token: 'token',
        };
        files.granted.push(grant);
        return grant;
      },
      async stat(key) {
        const size = sizes.get(key);
        const [app, userID = ''] = key.split('/');
        return size === undefined ? undefined : { app: Number(app), userID, size };
      },
      images: async (key) => ({
        format: 1,
        pictures: [
          { width: 400, height: 300, size: sizes.get(key) ?? 0, query: '' },
          { width: 264, height: 198, size: 7, query: 'imageRendition=198' },
          { width: 400, height: 300, size: 9, query: 'imageRendition=720' },
        ],
      }),
      snapshot: async () =>
        files.takesSnapshots ? { width: 16, height: 9, size: 5, query: 'videoSnapshot' } : undefined,
      link: (key) => `${HOST}/${key}?signed`,
      keyOfLink: (url) => /^https:\/\/files\.test\/([^?]+)\?signed/.exec(url)?.[1],
      renew: (url) => url,
      keep: async (wanted) => wanted.filter((key) => sizes.has(key)).length,
      avatars: {
        link: (key) => `${HOST}/${key}?signed`,
        keyOfLink: () => undefined,
        withPresentLinks: (json) => json,
        isShown: async () => false,
        showing: (_, _key, change) => change(),
      },
    },
  };
  return files;
}

/** One upload that waits for a test to say how it ends. */
export interface Held {
  key: string;
  progress(fraction: number): void;
  succeed(): void;
  fail(error: unknown): void;
  readonly isStopped: boolean;
}

/** The means of a host, in the hands of a test. */
export function createHostFiles(files: FakeFiles, look: Files['look'] = async () => undefined) {
  const held: Held[] = [];
  const send = ({ file, grant, progress, onStop }: Sending): Promise<void> =>
    new Promise((resolve, reject) => {
      let isStopped = false;
      onStop(() => (isStopped = true));
      held.push({
        key: grant.key,
        progress,
        succeed() {
          files.arrive(grant.key, Reflect.get(file, 'size') as number);
          resolve();
        },
        fail: reject,
        get isStopped() {
          return isStopped;
        },
      });
    });
  return { held, host: { send, size: async () => 11, look } satisfies Files };
}

export const JPEG = new File(['twelve bytes'], 'Photo.JPG', { type: 'image/jpeg' });
export const TO_BOB = { to: 'bob', conversationType: 'C2C' } as const;

/** Alice with the domain of uploads, and Bob; what the host would send waits for the test. */
export async function meet(options: { look?: Files['look']; useUploadPlugin?: boolean } = {}) {
  const files = createFakeFiles(() => world.clock.nowMs());
  const { held, host } = createHostFiles(files, options.look);
  const world = createWorld(1, {
    objects: files.objects,
    domains: [...allModules, createUploads(host)],
    ...(options.useUploadPlugin && { useUploadPlugin: true }),
  });
  const [alice, bob] = [world.device(), world.device()];
  await logIn(world, alice, 'alice');
  await logIn(world, bob, 'bob');
  const received = () => told(bob, 'onMessageReceived').flat() as Message[];
  return { world, files, held, alice, bob, received };
}

/** Watches a promise that a test does not wait for. */
export function watch(promise: Promise<unknown>) {
  const watched: { code?: number; message?: string } = {};
  promise.then(
    () => (watched.code = 0),
    (error: { code: number; message: string }) =>
      Object.assign(watched, { code: error.code, message: error.message }),
  );
  return watched;
}

export const image = (tim: ChatSDK, more: object = {}) =>
  tim.createImageMessage({ ...TO_BOB, payload: { file: JPEG }, ...more });
