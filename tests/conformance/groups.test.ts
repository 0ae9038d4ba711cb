import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ChatSDK, Message } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { FACILITIES } from './facility-operations.ts';
import { ACTORS, type Effects, type Operation, type Operations, type Scene } from './group-operation.ts';
import { GROUP_OPERATIONS } from './group-operations.ts';
import { ALL_KINDS, type Kind, type OperationName, type Role, ROLES, ruleOf } from './group-rules.ts';
import { requireListed, requireTold } from './told.ts';
import { TOPIC_OPERATIONS } from './topic-operations.ts';
import { createTown, type Found, first, type Town } from './town.ts';

const OPERATIONS: Record<OperationName, Operation> = {
  ...GROUP_OPERATIONS,
  ...FACILITIES,
  ...TOPIC_OPERATIONS,
};
const namesOf = (operations: Operations) => Object.keys(operations) as OperationName[];

/** Lists are told whole: with every group that was made, a town grows slower. */
const GROUPS_OF_A_TOWN = 6;

interface Row {
  name: OperationName;
  kind: Kind;
  role: Role;
  rule: string;
}

/** One operation by one role: its answer, and what all others hear of it. */
async function play(town: Town, { name, role, rule }: Row, place: Found): Promise<void> {
  const operation = OPERATIONS[name];
  const scene = { ...place, actor: ACTORS[role] };
  await operation.prepare?.(town, scene);
  town.mark();
  const { value, code } = await town.outcome(() => operation.run(town.actor(role).tim, scene));
  const data: unknown = (value as { data?: unknown } | undefined)?.data;
  const status = (data as { status?: string } | undefined)?.status;
  expect(`${code ?? status ?? 'ok'}`, `${role}: ${name}`).toBe(rule);
  const isRefused = code !== undefined;
  const effects: Effects = isRefused ? {} : (operation.effects?.(scene, rule) ?? {});
  if (effects.answer !== undefined) expect({ data }, role).toMatchObject({ data: effects.answer });
  requireTold(town, scene, effects);
  requireListed(town, scene, effects);
}

/** What is refused changes nothing, and what can be repeated shows the same: such rows share a group. */
async function playAll(town: Town, rows: readonly Row[]): Promise<void> {
  let shared: Found | undefined;
  for (const row of rows) {
    const isShared = /^\d+$/.test(row.rule) || OPERATIONS[row.name].isRepeatable;
    if (isShared) shared ??= await town.found(row.kind);
    await play(town, row, isShared && shared ? shared : await town.found(row.kind));
  }
}

const rowsOf = (name: OperationName, kind: Kind): Row[] =>
  ROLES.flatMap((role) => {
    const rule = ruleOf(name, kind, role);
    return rule === '' ? [] : [{ name, kind, role, rule }];
  });

const TABLE = ALL_KINDS.map((kind): [Kind, OperationName[]] => [
  kind,
  namesOf(kind === 'Topics' ? TOPIC_OPERATIONS : OPERATIONS).filter((name) => rowsOf(name, kind).length > 0),
]);

describe.each(TABLE)('in a group of kind %s', (kind, names) => {
  let town: Town | undefined;
  test.each(names)('%s', async (name) => {
    if (town === undefined || town.groups >= GROUPS_OF_A_TOWN) town = await createTown(names.indexOf(name));
    await playAll(town, rowsOf(name, kind));
  });
});

describe.each(['Public', 'AVChatRoom', 'Topics'] as const)('where there is no %s any more', (kind) => {
  const made = createTown(11);
  // What can never be done in a kind of group is refused with that, and who was in may read what was said.
  const names = namesOf({ ...GROUP_OPERATIONS, ...FACILITIES }).filter(
    (name) => ruleOf(name, kind, 'owner') !== '10033' && name !== 'read what was said',
  );
  test.each(names)('%s is refused with 10010', async (name) => {
    const town = await made;
    const place = await town.lasting(kind);
    await town.outcome(() => first(town.devices.omar).tim.dismissGroup(place.groupID));
    const run = OPERATIONS[name].run(town.actor('owner').tim, { ...place, actor: 'omar' });
    expect((await town.outcome(() => run)).code).toBe(10010);
  });
});

test('of a group that is not there, or not any more, only who was in may read what was said', async () => {
  const town = await createTown(12);
  const place = await town.lasting('Public');
  await town.outcome(() => first(town.devices.omar).tim.dismissGroup(place.groupID));
  const read = (role: Role, groupID: string) => {
    const { tim } = town.actor(role);
    return town.outcome(() => tim.getMessageList({ conversationID: `GROUP${groupID}` }));
  };
  expect(await read('member', place.groupID)).toMatchObject({
    value: {
      data: { messageList: expect.arrayContaining([expect.objectContaining({ ID: place.message.ID })]) },
    },
  });
  expect((await read('outsider', place.groupID)).code).toBe(10010);
  expect((await read('outsider', 'never-was')).code).toBe(10010);
});

/** The methods that an operation calls, and no server. */
function calledBy({ run }: Operation, scene: Scene): string[] {
  const called: string[] = [];
  const tim = new Proxy({} as ChatSDK, {
    get: (_, name) => {
      called.push(String(name));
      return () => new Promise(() => undefined);
    },
  });
  void run(tim, scene);
  return called;
}

/** What makes groups, and lists them and what waits in them, is told of in `coming-in` and by every town; searching in `tests/sdk`. */
const ELSEWHERE =
  /^(createGroup|getGroupList|getJoinedCommunityList|handleGroupApplication|getGroupApplicationList|searchCloud\w+)$/;

test('no method upon groups or topics of the published typings is left out', async () => {
  const scene: Scene = { kind: 'Public', groupID: 'g', topicID: 't', actor: 'omar', message: {} as Message };
  const tested = new Set(Object.values(OPERATIONS).flatMap((operation) => calledBy(operation, scene)));
  const published = ['published-tim/tim-js.d.ts', 'published-chat/index.d.ts'].flatMap((path) => {
    const typings = readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');
    return [...typings.matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name);
  });
  const ours = published.filter(
    (name) => /group|topic|communit/i.test(name) && !/friend|conversation|invite|readMember/i.test(name),
  );
  expect(ours.length).toBeGreaterThan(60);
  expect(ours.filter((name) => !tested.has(name) && !ELSEWHERE.test(name))).toEqual([]);
});
