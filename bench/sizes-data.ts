import { type Actor, type CoreDeps, noHooks, useCases } from '@sterna/core';
import { createFakeClock, createSeededRandom, loginCommand } from '@sterna/core/testing';
import { SqliteStore } from '@sterna/store';
import { SDK_APP_ID } from './app.ts';

/** Members added at once. */
const ADDED = 500;
/** The last part of the members is held against the first. */
const PARTS = 5;
/** Users made at once. */
const MADE = 1_000;
/** Places that are left in each group, for those who join. */
export const FREE = 8;

export const memberOf = (index: number): string => `m${String(index).padStart(6, '0')}`;
export const groupIDOf = (size: number): string => `@TGS#_s${size}`;
export const topicIDOf = (size: number): string => `${groupIDOf(size)}@TOPIC#_t`;

/** Communities of these sizes in one database, each with a topic; larger ones have the members of smaller ones, too. */
export async function fillGroups(path: string, sizes: readonly number[]): Promise<object[]> {
  const store = new SqliteStore({
    path,
    onFatal: (error) => {
      throw error;
    },
  });
  const most = Math.max(...sizes);
  await logInAll(store, most);
  const owner = await logIn(store, memberOf(0));
  const deps = dependencies(store);
  const filled: object[] = [];
  for (const size of sizes) filled.push(await found(deps, owner, size));
  await store.close();
  return filled;
}

async function logInAll(store: SqliteStore, users: number): Promise<void> {
  for (let first = 0; first < users; first += MADE) {
    const some = Array.from({ length: Math.min(MADE, users - first) }, (_, index) => memberOf(first + index));
    await Promise.all(some.map((userID) => logIn(store, userID)));
  }
}

async function logIn(store: SqliteStore, userID: string): Promise<Actor> {
  const command = loginCommand(userID, `${userID}-maker`);
  if (command.type !== 'session.login') throw new Error('not a login');
  const outcome = await store.execute({ ...command, body: { ...command.body, app: SDK_APP_ID } });
  if (!outcome.ok) throw new Error(`${userID} could not log in: ${outcome.refusal.reason}`);
  return {
    app: SDK_APP_ID,
    userID,
    session: {
      instanceID: `${userID}-maker`,
      epoch: Number(Reflect.get(Object(outcome.reply), 'epoch')),
      platform: 'web',
    },
  };
}

/** Makes one, and says what its last members cost to add, in CPU, to the first. */
async function found(deps: CoreDeps, owner: Actor, size: number): Promise<object> {
  const groupID = groupIDOf(size);
  await useCases['group.create'](deps, owner, {
    groupID,
    type: 'Community',
    name: 'x',
    isSupportTopic: true,
  });
  await useCases['topic.create'](deps, owner, { groupID, topicID: topicIDOf(size), name: 'x' });
  const costs: number[] = [];
  for (let first = 1; first < size - FREE; first += ADDED) {
    const userIDs = Array.from({ length: Math.min(ADDED, size - FREE - first) }, (_, index) =>
      memberOf(first + index),
    );
    const before = process.cpuUsage();
    await useCases['group.addMembers'](deps, owner, { groupID, userIDs });
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / userIDs.length);
  }
  const part = Math.ceil(costs.length / PARTS);
  return {
    ...{ members: size, operation: 'add 500', firstCpuUs: mean(costs.slice(0, part)) },
    lastToFirst: mean(costs.slice(-part)) / mean(costs.slice(0, part)),
  };
}

/** Some additions move to the tables what others wrote, so each one by itself says little. */
const mean = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0) / costs.length;

function dependencies(store: SqliteStore): CoreDeps {
  return {
    store,
    clock: { ...createFakeClock(), nowMs: () => Date.now() },
    random: createSeededRandom(1),
    hooks: noHooks,
    bus: { publish: () => undefined, subscribe: async () => () => undefined, close: async () => undefined },
    settings: () => ({ profileCustomFields: [], recallWindowMs: 120_000 }),
  } as unknown as CoreDeps;
}
