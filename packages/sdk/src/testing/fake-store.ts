import type { CommandName, MessageEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import { createFakeCommands } from './fake-commands.ts';
import { createFakeLogs, logOf, textOf, tinyIDOf, type FakeParts, type FakeSession } from './fake-logs.ts';

/** What the fake server knows, and what other devices can be made to do. The simplest thing that keeps the protocol's promises. */
export interface FakeStore {
  /** How many web sessions a user may have; a login beyond it ends the oldest. */
  sessionsMax: number;
  epoch: string;
  login(request: RequestOf<'session.login'>): {
    session: FakeSession;
    reply: ReplyOf<'session.login'>;
    evicted: [FakeSession, 'multipleAccount'][];
  };
  run(session: FakeSession, name: CommandName, body: unknown): unknown;
  /** Tells a session where its logs stand. */
  stand(session: FakeSession): void;
  /** Another device of `from` sends a text to a user. */
  say(from: string, to: string, text: string, more?: Partial<MessageEvent>): MessageEvent;
  sayInGroup(from: string, groupID: string, text: string, more?: Partial<MessageEvent>): MessageEvent;
  recall(log: string, seq: number, by: string): void;
  /** Another device of `userID` read up to `seq`. */
  read(userID: string, conversationID: string, seq: number): void;
  createGroup(groupID: string, members: readonly string[]): void;
  leave(groupID: string, userID: string): void;
  /** The store came back from a backup: nothing that devices hold can be continued. */
  restore(): void;
  messages(log: string): MessageEvent[];
  unread(userID: string, conversationID: string): number;
  /** Messages up to here were deleted by the user, and are nobody's duty to deliver any more. */
  cleared(userID: string, conversationID: string): number;
  sessionsOf(userID: string): FakeSession[];
}

export function createFakeStore(parts: FakeParts): FakeStore {
  const { nowMs, refuse, push } = parts;
  const logs = createFakeLogs(parts);
  const { user, mine, top, messages, append, appendMessage, snapshot } = logs;
  const { handlers, range, inboxRange, read, leave, createGroup } = createFakeCommands(
    logs,
    parts,
    () => store.epoch,
  );
  let sessionCount = 0;

  function begin(
    userID: string,
    instanceID: string,
  ): { session: FakeSession; evicted: [FakeSession, 'multipleAccount'][] } {
    const me = user(userID);
    const session = { userID, instanceID, number: ++sessionCount };
    me.sessions = [...me.sessions.filter((other) => other.instanceID !== instanceID), session];
    const ended = me.sessions.splice(0, Math.max(0, me.sessions.length - store.sessionsMax));
    for (const { number } of ended) me.evicted.set(number, 'multipleAccount');
    return { session, evicted: ended.map((each) => [each, 'multipleAccount']) };
  }

  function resume(userID: string, instanceID: string, number: number): FakeSession {
    const me = user(userID);
    const session = me.sessions.find((other) => other.instanceID === instanceID && other.number === number);
    if (!session) throw refuse(6208, { type: me.evicted.get(number) ?? 'multipleDevice' });
    return session;
  }

  function sync(
    userID: string,
    cursor: RequestOf<'session.login'>['cursor'],
  ): ReplyOf<'session.login'>['sync'] {
    const me = user(userID);
    const held = cursor?.epoch === store.epoch ? cursor : undefined;
    const all = [...me.conversations.keys()];
    const fresh = { inbox: { from: me.inbox.length + 1, to: me.inbox.length, events: [] }, more: false };
    const { inbox, more } = held ? inboxRange(userID, held.inbox) : fresh;
    const grown = Object.entries(held?.conversations ?? {}).filter(([id, pos]) => pos < top(userID, id));
    const inline = grown.filter(([id, pos]) => top(userID, id) - pos <= parts.pageSize());
    return {
      mode: held ? 'delta' : 'reset',
      epoch: store.epoch,
      inbox,
      inboxMore: more,
      conversations: all
        .filter((id) => held?.conversations[id] === undefined)
        .map((id) => snapshot(userID, id, 'withBacklog')),
      ranges: inline.map(([id, pos]) => range(userID, id, pos).range),
      behind: grown
        .filter((entry) => !inline.includes(entry))
        .map(([conversationID]) => ({ conversationID, pos: top(userID, conversationID) })),
    };
  }

  const store: FakeStore = {
    sessionsMax: 1,
    epoch: 'epoch-1',
    messages,
    unread: logs.unread,
    read,
    leave,
    createGroup,
    cleared: (userID, conversationID) => mine(userID, conversationID).clearedSeq,
    sessionsOf: (userID) => [...user(userID).sessions],

    login({ userID, instanceID, resume: number, cursor, userSig }) {
      if (userSig === 'expired') throw refuse(70001);
      if (userSig === 'forged') throw refuse(70009);
      const { session, evicted } =
        number === undefined
          ? begin(userID, instanceID)
          : { session: resume(userID, instanceID, number), evicted: [] };
      const reply = {
        tinyID: tinyIDOf(userID),
        session: session.number,
        timeMs: nowMs(),
        expiresMs: nowMs() + 86_400_000,
        idleMs: 90_000,
        profile: logs.profile(userID),
        sync: sync(userID, cursor),
      };
      return { session, evicted, reply };
    },

    run(session, name, body) {
      const { sessions, evicted } = user(session.userID);
      if (!sessions.includes(session)) throw refuse(6208, { type: evicted.get(session.number) });
      const handler = handlers[name] as ((session: FakeSession, body: unknown) => unknown) | undefined;
      if (!handler) throw new Error(`the fake server has no ${name}: add it to fake-commands.ts`);
      return handler(session, body);
    },

    stand(session) {
      const { conversations, inbox } = user(session.userID);
      for (const conversationID of conversations.keys()) {
        const pos = top(session.userID, conversationID);
        push(session, 'conversation', { conversationID, from: pos + 1, to: pos, events: [] });
      }
      push(session, 'inbox', { from: inbox.length + 1, to: inbox.length, events: [] });
    },

    say(from, to, text, more = {}) {
      user(to);
      return appendMessage(logOf(from, `C2C${to}`), from, { elements: textOf(text), ...more }).event;
    },
    sayInGroup: (from, groupID, text, more = {}) =>
      appendMessage(`GROUP${groupID}`, from, { elements: textOf(text), ...more }).event,

    recall(name, seq, by) {
      const found = messages(name).find((event) => event.seq === seq);
      if (!found || found.recalled) return;
      found.recalled = { by, timeMs: nowMs() };
      found.elements = [];
      const { id, from, uncounted } = found;
      append(name, { t: 'recall', seq, id, from, by, timeMs: nowMs(), counted: !uncounted });
    },
    restore() {
      store.epoch = `${store.epoch}+`;
    },
  };
  return store;
}
