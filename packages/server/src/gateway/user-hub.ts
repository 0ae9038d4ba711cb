import { type Notice, parseLog, publicID } from '@sterna/core';
import { CLOSE, type ConversationEvent, type InboxEvent } from '@sterna/protocol';
import { conversationItem, inboxItem, pushItem, standingItem } from './items.ts';
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
  /** The log of a one-to-one or system conversation is known to stand at `pos`. */
  stand(log: string, pos: number): void;
}

export function createUserHub(options: {
  app: number;
  userID: string;
  feed: (apply: (pos: number, event: InboxEvent) => void) => LogFeed;
  encode: (event: ConversationEvent | InboxEvent) => string;
  /** Membership changes of this user, as the inbox tells them. */
  joined: (groupID: string) => void;
  left: (groupID: string) => void;
  kicked: (type: string) => void;
  pushed: (count: number) => void;
  /** An entry of a log without a feed went out. */
  delivered: (log: string, pos: number) => void;
}): UserHub {
  const { app, userID, encode } = options;
  const sessions = new Set<LiveSession>();

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

  function applyInbox(pos: number, event: InboxEvent): void {
    push(inboxItem(pos, encode(event)), undefined);
    if (event.t === 'groupJoined') options.joined(event.groupID);
    else if (event.t === 'groupLeft') options.left(event.groupID);
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
      const { ref } = notice;
      if (ref.kind === 'inbox') {
        feed.offer(notice);
        return;
      }
      options.delivered(notice.log, notice.pos);
      if (!hasReader(notice.origin)) return;
      push(conversationItem(publicID(ref, userID), notice.pos, encode(notice.event)), notice.origin);
    },
    stand(log, pos) {
      const ref = parseLog(log);
      if (ref.kind !== 'inbox') push(standingItem(publicID(ref, userID), pos), undefined);
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
