import type { ChatSDK, Message } from '@sterna/sdk';
import { allModules, createUploads, furtherModules } from '@sterna/sdk/testing';
import { createFakeFiles } from '../sdk/files.ts';
import { history, logIn, say, settle } from '../sdk/talk.ts';
import { createWorld, type Device, type World } from '../sdk/world.ts';

/** Alice on two devices, and Bob; the group of both; and what was said before. */
export interface MessageScene {
  world: World;
  devices: { alice: Device; other: Device; bob: Device };
  /** Alice's to Bob. */
  mine: Message;
  /** Bob's to Alice, as she has it. */
  theirs: Message;
  /** Alice's in the group. */
  inGroup: Message;
}

/** Files arrive at once. */
function filesAt(nowMs: () => number) {
  const files = createFakeFiles(nowMs);
  const uploads = createUploads({
    size: async () => 1,
    look: async () => undefined,
    async send({ file, grant }) {
      files.arrive(grant.key, Number(Reflect.get(file, 'size')));
    },
  });
  return { objects: files.objects, uploads };
}

export async function setScene(seed: number): Promise<MessageScene> {
  const { objects, uploads } = filesAt(() => world.clock.nowMs());
  const world: World = createWorld(seed, {
    webInstances: 3,
    objects,
    domains: [...allModules, ...furtherModules, uploads],
    search: true,
    language: {
      translate: async (texts, from, to) => texts.map((text) => `${from} ${to} ${text}`),
      transcribe: async (_url, language) => `a recording in ${language}`,
    },
  });
  const [bob, alice, other] = [world.device(), world.device(), world.device()];
  await logIn(world, bob, 'bob');
  await logIn(world, alice, 'alice');
  await logIn(world, other, 'alice');
  const group = { groupID: 'tea', name: 'tea', type: 'Public' as const, memberList: [{ userID: 'bob' }] };
  await settle(world, alice.tim.createGroup(group));
  const flags = { needReadReceipt: true, isSupportExtension: true };
  const mine = await say(world, alice, 'bob', { text: 'mine', ...flags });
  await say(world, bob, 'alice', { text: 'theirs', ...flags });
  const inGroup = await say(world, alice, 'tea', { text: 'to all', conversationType: 'GROUP', ...flags });
  const theirs = (await history(world, alice, 'C2Cbob')).at(-1);
  if (!theirs || theirs.from !== 'bob') throw new Error('what Bob said did not come');
  await world.pass(3000);
  return { world, devices: { alice, other, bob }, mine, theirs, inGroup };
}

/** The device with an SDK that notes what is called of it. */
export function noting(device: Device, called: Set<string>): Device {
  const tim = new Proxy(device.tim, {
    get(target, name) {
      called.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  return { ...device, tim: tim satisfies ChatSDK };
}
