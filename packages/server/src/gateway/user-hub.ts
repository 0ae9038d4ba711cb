import {
  asTold,
  conversationEventOf,
  type EntryNotice,
  isMeantFor,
  type Notice,
  parseLog,
  publicID,
  type UserStatus,
} from '@sterna/core';
import { CLOSE, type InboxEvent } from '@sterna/protocol';
import { conversationItem, type EncodeEvent, inboxItem, pushItem, standingItem } from './items.ts';
import type { LogFeed } from './log-feed.ts';
import type { LiveSession } from './session.ts';

/** One user's sessions on this node, and what concerns them: the inbox, in order, and one-to-one conversations as they come. */
export interface UserHub {
  readonly app: number;
  readonly userID: string;
  readonly sessions: Set<LiveSession>;
  readonly feed: LogFeed;
  push(item: string, origin: string | undefined): void;
  receive(notice: Notice): void;
  /** The log of a one-to-one or system conversation is known to stand at `pos`: told to all, unless they have had that entry. */
  stand(log: string, pos: number): void;
  /** Forgets what was pushed before the time before this one. */
  forget(): void;
}

export function createUserHub(options: {
  app: number;
  userID: string;
  feed: (apply: (pos: number, event: InboxEvent) => void) => LogFeed;
  encode: EncodeEvent;
  /** Membership changes of this user, as the inbox tells them. */
  joined: (groupID: string) => void;
  left: (groupID: string) => void;
  /** The user has blocked these. */
  blocked: (userIDs: readonly string[]) => void;
  /** What nodes say of the user's presence; gives what the user's devices are to be told. */
  present: (notice: Extract<Notice, { kind: 'presence' | 'presenceAsked' }>) => UserStatus | undefined;
  kicked: (type: string) => void;
  pushed: (count: number) => void;
}): UserHub {
  const { app, userID, encode } = options;
  const sessions = new Set<LiveSession>();
  /** Newest positions pushed of logs without a feed, of this sweep and the one before. */
  let delivered = new Map<string, number>();
  let deliveredBefore = new Map<string, number>();

  function push(item: string, origin: string | undefined): void {
    let pushed = 0;
    for (const session of sessions) {
      if (session.key === origin) continue;
      session.push(item);
      pushed += 1;
    }
    if (pushed > 0) options.pushed(pushed);
  }

  /** Most senders have one session, whose reply says it all: then there is nothing to encode. */
  function hasReader(origin: string | undefined): boolean {
    for (const session of sessions) if (session.key !== origin) return true;
    return false;
  }

  /** Of what is for the peer alone the position is shown, and no more. */
  function shownOf(notice: EntryNotice): string | undefined {
    const event = conversationEventOf(notice);
    if (!isMeantFor(event, userID)) return undefined;
    const told = asTold(event);
    return encode(told === event ? notice : { event: told });
  }

  function applyInbox(pos: number, event: InboxEvent): void {
    push(inboxItem(pos, encode({ event })), undefined);
    if (event.t === 'groupJoined') options.joined(event.groupID);
    else if (event.t === 'groupLeft') options.left(event.groupID);
    else if (event.t === 'blacklist') options.blocked(event.added);
    else if (event.t === 'evicted') for (const ended of event.sessions) evict(ended);
  }

  function evict(ended: { instanceID: string; epoch: number; reason: string }): void {
    for (const session of sessions) {
      const { instanceID, epoch } = session.actor.session;
      if (instanceID === ended.instanceID && epoch === ended.epoch) kick(session, kickType(ended.reason));
    }
  }

  function kick(session: LiveSession, type: KickedType): void {
    sessions.delete(session);
    session.push(pushItem('kicked', { type }));
    session.close(CLOSE.kicked, type);
    options.kicked(type);
  }

  const feed = options.feed(applyInbox);

  return {
    app,
    userID,
    sessions,
    feed,
    push,
    receive(notice) {
      if (notice.kind === 'transient') {
        const ref = parseLog(notice.conversation);
        if (ref.kind === 'inbox') return;
        push(
          pushItem('transient', { conversationID: publicID(ref, userID), message: notice.message }),
          notice.origin,
        );
        return;
      }
      if (notice.kind === 'profile') return push(pushItem('profile', { profile: notice.profile }), undefined);
      if (notice.kind === 'presence' || notice.kind === 'presenceAsked') {
        const status = options.present(notice);
        if (status !== undefined)
          push(pushItem('status', { statuses: [status] }), 'origin' in notice ? notice.origin : undefined);
        return;
      }
      if (notice.kind !== 'entry') return;
      const { ref } = notice;
      if (ref.kind === 'inbox') {
        feed.offer(notice);
        return;
      }
      delivered.set(notice.log, notice.pos);
      if (!hasReader(notice.origin)) return;
      push(conversationItem(publicID(ref, userID), notice.pos, shownOf(notice)), notice.origin);
    },
    stand(log, pos) {
      if ((delivered.get(log) ?? deliveredBefore.get(log)) === pos) return;
      const ref = parseLog(log);
      if (ref.kind !== 'inbox') push(standingItem(publicID(ref, userID), pos), undefined);
    },
    forget() {
      if (delivered.size === 0 && deliveredBefore.size === 0) return;
      deliveredBefore = delivered;
      delivered = new Map();
    },
  };
}

type KickedType = 'multipleAccount' | 'multipleDevice' | 'userSigExpired' | 'REST_API_Kick';

/** An unknown reason, from a newer node, is told as the general one. */
function kickType(reason: string): KickedType {
  return reason === 'multipleAccount' || reason === 'userSigExpired' || reason === 'REST_API_Kick'
    ? reason
    : 'multipleDevice';
}
