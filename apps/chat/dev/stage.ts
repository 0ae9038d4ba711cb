import { createInMemoryTim, type InMemoryTim } from './in-memory-tim.ts';
import { type Beginning, EVENT } from './in-memory-world.ts';
import { type ChatClient, createChatClient } from '../src/chat-client/chat-client.ts';
import type { ChatState, Timeline } from '../src/chat-client/state.ts';

export const CHAT = 'C2Cbob';

export interface Stage {
  client: ChatClient;
  tim: InMemoryTim;
  storage: Map<string, string>;
  /** Lets the time pass that the client waits for. */
  passTime(): void;
  state(): ChatState;
}

export interface StageOptions {
  histories?: Beginning['histories'];
  unread?: Record<string, number>;
  production?: boolean;
  /** What a request says that does not even come to the server. */
  unreached?: string;
  storage?: Map<string, string>;
}

/** A client on the in-memory SDK, with a clock that stands still until it is moved. */
export function stage({
  histories = {},
  unread = {},
  production = false,
  unreached,
  storage = new Map(),
}: StageOptions = {}): Stage {
  const tim = createInMemoryTim({
    userID: 'alice',
    nowSeconds: () => 1_700_000_000,
    histories,
    unread,
    groups: [],
  });
  let waiting: (() => void)[] = [];
  const client = createChatClient({
    TIM: { EVENT, create: () => tim },
    fetch: async (path) => {
      if (unreached !== undefined) throw new TypeError(unreached);
      if (typeof path !== 'string') throw new Error('The app asks by path');
      return production ? ofFolder(path) : development(path);
    },
    storage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    },
    clock: {
      nowMs: () => 1_700_000_000_000,
      after: (_ms, run) => void waiting.push(run),
      soon: (run) => run(),
    },
  });
  const passTime = (): void => {
    const due = waiting;
    waiting = [];
    for (const run of due) run();
  };
  return { client, tim, storage, passTime, state: client.store.get };
}

/** In production there is the app's folder, and nothing else. */
function ofFolder(path: string): Response {
  return path === './demo-users.json'
    ? Response.json({ users: null })
    : Response.json({ error: 'not found' }, { status: 404 });
}

function development(path: string): Response {
  if (path === './demo-users.json')
    return Response.json({ users: [{ userID: 'alice', nick: 'Alice', avatar: '' }] });
  if (path === '/dev/usersig?userID=nobody')
    return Response.json({ error: 'there is nobody' }, { status: 400 });
  return Response.json({ SDKAppID: 1400000001, userSig: `signed ${path}` });
}

export async function signedIn(options: StageOptions = {}): Promise<Stage> {
  const made = stage(options);
  await made.client.restore(undefined);
  await made.client.signInAs('alice');
  await settled();
  return made;
}

/** Everything that is only waiting for promises has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

export const lines = (count: number, from = 'bob') =>
  Array.from({ length: count }, (_, index) => [count - index, from, `line ${index + 1}`] as const);

export function timeline(state: ChatState): Timeline {
  const found = state.timelines[CHAT];
  if (found === undefined) throw new Error('The conversation is not open');
  return found;
}
