import type {
  ConversationEvent,
  ConversationSnapshot,
  GroupInfo,
  InboxEvent,
  MessageEvent,
  PushName,
} from '@sterna/protocol';

/** One live session; the fake server finds its socket. */
export interface FakeSession {
  userID: string;
  instanceID: string;
  number: number;
}

export interface FakeParts {
  nowMs(): number;
  pageSize(): number;
  refuse(code: number, data?: unknown): Error;
  push(session: FakeSession, name: PushName, body: unknown): void;
}

/** One user's side of a conversation; positions after `from` up to `to` are theirs. */
interface Mine {
  readSeq: number;
  hiddenSeq: number;
  clearedSeq: number;
  from: number;
  to: number;
}

export interface FakeUser {
  inbox: InboxEvent[];
  conversations: Map<string, Mine>;
  sessions: FakeSession[];
  /** Why sessions ended, by their number. */
  evicted: Map<number, string>;
  nick: string;
}

export interface FakeLog {
  events: ConversationEvent[];
  group?: GroupInfo;
  members: Set<string>;
}

/** The number that IDs of a user's messages begin with. */
export function tinyIDOf(userID: string): string {
  let number = 7;
  for (let index = 0; index < userID.length; index++) number = number * 31 + userID.charCodeAt(index);
  return String(1000 + number);
}

export const textOf = (text: string): MessageEvent['elements'] => [
  { type: 'TIMTextElem', payload: { text } },
];

/** Whose log a conversation is: one for both sides of a one-to-one conversation. */
export function logOf(userID: string, conversationID: string): string {
  if (conversationID.startsWith('C2C')) return [userID, conversationID.slice(3)].sort().join('|');
  return conversationID === '@TIM#SYSTEM' ? `system|${userID}` : conversationID;
}

/** The logs and inboxes: appending pushes to every session that may see it. */
export function createFakeLogs({ nowMs, push }: Pick<FakeParts, 'nowMs' | 'push'>) {
  const users = new Map<string, FakeUser>();
  const logs = new Map<string, FakeLog>();

  function user(userID: string): FakeUser {
    let found = users.get(userID);
    if (!found) {
      found = { inbox: [], conversations: new Map(), sessions: [], evicted: new Map(), nick: '' };
      users.set(userID, found);
    }
    return found;
  }

  function log(name: string): FakeLog {
    let found = logs.get(name);
    if (!found) logs.set(name, (found = { events: [], members: new Set() }));
    return found;
  }

  function mine(userID: string, conversationID: string): Mine {
    const { conversations } = user(userID);
    let found = conversations.get(conversationID);
    if (!found) {
      found = { readSeq: 0, hiddenSeq: 0, clearedSeq: 0, from: 0, to: Infinity };
      conversations.set(conversationID, found);
    }
    return found;
  }

  function readers(name: string): [userID: string, conversationID: string][] {
    if (name.startsWith('GROUP')) return [...log(name).members].map((userID) => [userID, name]);
    const [a = '', b = ''] = name.split('|');
    return a === 'system'
      ? [[b, '@TIM#SYSTEM']]
      : [
          [a, `C2C${b}`],
          [b, `C2C${a}`],
        ];
  }

  const messages = (name: string): MessageEvent[] =>
    log(name).events.flatMap((event) => (event.t === 'message' ? [event] : []));
  const newestSeq = (name: string): number => messages(name).at(-1)?.seq ?? 0;
  const top = (userID: string, conversationID: string): number =>
    Math.min(mine(userID, conversationID).to, log(logOf(userID, conversationID)).events.length);

  function visible(userID: string, conversationID: string): MessageEvent[] {
    const { clearedSeq, from, to } = mine(userID, conversationID);
    const events = log(logOf(userID, conversationID)).events.slice(from, to);
    return events.flatMap((event) => (event.t === 'message' && event.seq > clearedSeq ? [event] : []));
  }

  function unread(userID: string, conversationID: string): number {
    const { readSeq } = mine(userID, conversationID);
    return visible(userID, conversationID).filter(
      (event) => event.seq > readSeq && event.from !== userID && !event.uncounted && !event.recalled,
    ).length;
  }

  function append(name: string, event: ConversationEvent, origin?: FakeSession): number {
    const { events } = log(name);
    events.push(event);
    const pos = events.length;
    for (const [userID, conversationID] of readers(name)) {
      mine(userID, conversationID);
      for (const session of user(userID).sessions) {
        if (session === origin) continue;
        push(session, 'conversation', { conversationID, from: pos, to: pos, events: [[pos, event]] });
      }
    }
    return pos;
  }

  function appendInbox(userID: string, event: InboxEvent): void {
    const { inbox, sessions } = user(userID);
    inbox.push(event);
    const pos = inbox.length;
    for (const session of sessions) push(session, 'inbox', { from: pos, to: pos, events: [[pos, event]] });
  }

  function appendMessage(
    name: string,
    from: string,
    fields: Partial<MessageEvent>,
    origin?: FakeSession,
  ): { event: MessageEvent; pos: number } {
    const seq = newestSeq(name) + 1;
    const countable = messages(name).at(-1)?.countable ?? 0;
    const event: MessageEvent = {
      t: 'message',
      seq,
      id: `${tinyIDOf(from)}-other-${name}-${seq}`,
      from,
      timeMs: nowMs(),
      elements: [],
      countable: countable + (fields.uncounted ? 0 : 1),
      ...fields,
    };
    return { event, pos: append(name, event, origin) };
  }

  const profile = (userID: string) => {
    const { nick } = user(userID);
    return { userID, ...(nick && { nick }) };
  };

  function groupView({ group, members, events }: FakeLog, userID: string): GroupInfo | undefined {
    if (!group) return undefined;
    const role = group.ownerID === userID ? ('Owner' as const) : ('Member' as const);
    return {
      ...group,
      memberCount: members.size,
      nextSeq: newestSeq(`GROUP${group.groupID}`) + 1,
      pos: events.length,
      ...(members.has(userID) && { self: { role, joinTimeMs: group.createTimeMs } }),
    };
  }

  function snapshot(
    userID: string,
    conversationID: string,
    withBacklog: 'withBacklog' | 'bare',
  ): ConversationSnapshot {
    const name = logOf(userID, conversationID);
    const { readSeq, hiddenSeq } = mine(userID, conversationID);
    const all = visible(userID, conversationID);
    const last = all.filter((event) => !event.notLast).at(-1);
    const newest = all.filter((event) => event.seq > readSeq).slice(-15);
    const backlog = withBacklog === 'bare' ? [] : newest.filter((event) => event.from !== userID);
    const group = groupView(log(name), userID);
    const peer = conversationID.startsWith('C2C') ? conversationID.slice(3) : undefined;
    const seq = all.at(-1)?.seq ?? newestSeq(name);
    const isHidden = (hiddenSeq > 0 && seq <= hiddenSeq) || (!group && seq === 0);
    return {
      conversationID,
      pos: top(userID, conversationID),
      seq,
      unread: unread(userID, conversationID),
      readSeq,
      ...(last && { last }),
      ...(isHidden && { hidden: true as const }),
      ...(backlog.length > 0 && { backlog }),
      ...(peer !== undefined && { peer: profile(peer), peerReadSeq: mine(peer, `C2C${userID}`).readSeq }),
      ...(group && { group }),
    };
  }

  return {
    users,
    logs,
    user,
    log,
    mine,
    messages,
    newestSeq,
    top,
    visible,
    unread,
    append,
    appendInbox,
    appendMessage,
    profile,
    groupView,
    snapshot,
  };
}

export type FakeLogs = ReturnType<typeof createFakeLogs>;
