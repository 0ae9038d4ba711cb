import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { Device } from '../sdk/world.ts';
import { CONVERSATION_OPERATIONS } from './conversation-operations.ts';
import { MESSAGE_OPERATIONS } from './message-operations.ts';
import { REACTION_OPERATIONS } from './reaction-operations.ts';
import { type MessageScene, noting, setScene } from './message-scene.ts';

const ROWS = Object.entries({ ...MESSAGE_OPERATIONS, ...REACTION_OPERATIONS, ...CONVERSATION_OPERATIONS });
const ROLES = ['alice', 'other', 'bob'] as const;

/** What follows from nearly everything, at the lists' own rate, and what a connection says of itself. */
const FOLLOWING: ReadonlySet<string> = new Set([
  'onConversationListUpdated',
  'onGroupListUpdated',
  'onTotalUnreadMessageCountUpdated',
  'netStateChange',
]);

const namesAfter = ({ events }: Device, before: number): string[] =>
  [...new Set(events.slice(before).map(({ name }) => name))].filter((name) => !FOLLOWING.has(name)).sort();

async function comeBack({ world, devices }: MessageScene): Promise<void> {
  for (const role of ROLES) devices[role].setReachable(false);
  for (const role of ROLES) devices[role].cut();
  await world.pass(10_000);
  for (const role of ROLES) devices[role].setReachable(true);
  await world.pass(60_000);
}

describe('each method does what it says, and tells who is to know', () => {
  test.each(ROWS)('%s', async (name, { call, result, told = {}, there }) => {
    const scene = await setScene(1);
    const { devices } = scene;
    const called = new Set<string>();
    const before = ROLES.map((role) => devices[role].events.length);
    expect({ result: await call(noting(devices.alice, called), scene) }).toMatchObject({ result });
    expect(called).toContain(name);
    await scene.world.pass(5000);
    for (const [index, role] of ROLES.entries())
      expect(namesAfter(devices[role], before[index] ?? 0), `events of ${role}`).toEqual(told[role] ?? []);
    await comeBack(scene);
    if (there === undefined) expect({ result: await call(devices.other, scene) }).toMatchObject({ result });
    for (const role of ROLES) {
      const [look, shows] = there?.[role] ?? [];
      if (look) expect({ has: await look(scene, devices[role]) }, role).toMatchObject({ has: shows });
    }
  });
});

/** The published typings misspell it; at run time it is what the guides call it. */
const MISSPELT = new Map([['downloadMergeMessage', 'downloadMergerMessage']]);

/** What groups do to messages is told of in `groups`. */
const OF_GROUPS = /^(pinGroupMessage|getPinnedGroupMessageList)$/;

test.each(['published-tim/tim-js.d.ts', 'published-chat/index.d.ts'])(
  'no method upon messages or conversations of the published typings is left out: %s',
  (path) => {
    const typings = createRequire(import.meta.url).resolve(path);
    const names = [...readFileSync(typings, 'utf8').matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name);
    const published = names.filter((name) => /message|conversation|translate|voice/i.test(name));
    expect(published.length).toBeGreaterThan(40);
    const tested = new Set(ROWS.map(([name]) => name));
    const left = published.map((name) => MISSPELT.get(name) ?? name).filter((name) => !tested.has(name));
    expect(left.filter((name) => !OF_GROUPS.test(name))).toEqual([]);
  },
);
