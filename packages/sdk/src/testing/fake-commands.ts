import type { CommandName, ConversationEvent, InboxEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import { logOf, tinyIDOf, type FakeLogs, type FakeParts, type FakeSession } from './fake-logs.ts';

type Handlers = { [Name in CommandName]?: (session: FakeSession, request: RequestOf<Name>) => ReplyOf<Name> };

/** What the fake server does with each command. One that is missing fails the test with its name: add it here. */
export function createFakeCommands(logs: FakeLogs, parts: FakeParts, epoch: () => string) {
  const { nowMs, pageSize, refuse } = parts;
  const { user, log, mine, newestSeq, top, appendInbox, appendMessage, append, profile, groupView } = logs;
  const sent = new Map<string, ReplyOf<'message.send'>>();

  function range(userID: string, conversationID: string, after: number): ReplyOf<'conversation.sync'> {
    const { from, clearedSeq } = mine(userID, conversationID);
    const end = top(userID, conversationID);
    if (after > end) throw refuse(10042);
    const to = Math.min(end, after + pageSize());
    const { events } = log(logOf(userID, conversationID));
    const shown = events.slice(after, to).flatMap((event, index): [number, ConversationEvent][] => {
      const pos = after + index + 1;
      return pos <= from || (event.t === 'message' && event.seq <= clearedSeq) ? [] : [[pos, event]];
    });
    return { range: { conversationID, from: after + 1, to, events: shown }, more: to < end };
  }

  function inboxRange(userID: string, after: number): ReplyOf<'inbox.sync'> {
    const { inbox } = user(userID);
    if (after > inbox.length) throw refuse(10042);
    const to = Math.min(inbox.length, after + pageSize());
    const events = inbox
      .slice(after, to)
      .map((event, index): [number, InboxEvent] => [after + index + 1, event]);
    return { inbox: { from: after + 1, to, events }, more: to < inbox.length };
  }

  function read(userID: string, conversationID: string, seq: number): void {
    const state = mine(userID, conversationID);
    const mark = Math.min(seq, newestSeq(logOf(userID, conversationID)));
    if (mark <= state.readSeq) return;
    state.readSeq = mark;
    appendInbox(userID, {
      t: 'read',
      conversationID,
      seq: mark,
      unread: logs.unread(userID, conversationID),
    });
    if (!conversationID.startsWith('C2C')) return;
    appendInbox(conversationID.slice(3), {
      t: 'peerRead',
      conversationID: `C2C${userID}`,
      seq: mark,
      timeMs: nowMs(),
    });
  }

  function join(groupID: string, userID: string, by: string): void {
    const name = `GROUP${groupID}`;
    const { members, events } = log(name);
    members.add(userID);
    Object.assign(mine(userID, name), { from: events.length, to: Infinity, readSeq: newestSeq(name) });
    appendInbox(userID, { t: 'groupJoined', groupID, pos: events.length, by, timeMs: nowMs() });
    append(name, { t: 'joined', userIDs: [userID], by, timeMs: nowMs() });
  }

  function leave(groupID: string, userID: string): void {
    const name = `GROUP${groupID}`;
    const pos = append(name, { t: 'left', userIDs: [userID], by: userID, reason: 'quit', timeMs: nowMs() });
    log(name).members.delete(userID);
    Object.assign(mine(userID, name), { to: pos, readSeq: newestSeq(name) });
    appendInbox(userID, { t: 'groupLeft', groupID, pos, by: userID, reason: 'quit', timeMs: nowMs() });
  }

  function createGroup(groupID: string, members: readonly string[]): void {
    const [ownerID = ''] = members;
    log(`GROUP${groupID}`).group = {
      groupID,
      type: 'Public',
      name: groupID,
      ownerID,
      createTimeMs: nowMs(),
      infoSequence: 1,
      lastInfoTimeMs: nowMs(),
      memberCount: 0,
      maxMemberCount: 2000,
      joinOption: 'FreeAccess',
      nextSeq: 1,
      pos: 0,
    };
    for (const userID of members) join(groupID, userID, ownerID);
  }

  function requireGroup(groupID: string, userID: string) {
    const group = groupView(log(`GROUP${groupID}`), userID);
    if (!group) throw refuse(10010);
    return group;
  }

  const handlers: Handlers = {
    'session.logout'(session) {
      const me = user(session.userID);
      me.sessions = me.sessions.filter((other) => other !== session);
      return {};
    },
    'inbox.sync'({ userID }, request) {
      if (request.epoch !== epoch()) throw refuse(10042);
      return inboxRange(userID, request.after);
    },
    'conversation.sync'({ userID }, { conversationID, after, ...request }) {
      if (request.epoch !== epoch()) throw refuse(10042);
      return range(userID, conversationID, after);
    },
    'conversation.get': ({ userID }, { conversationID }) => ({
      conversation: logs.snapshot(userID, conversationID, 'bare'),
    }),
    'conversation.read'({ userID }, { conversationID, seq }) {
      read(userID, conversationID, seq);
      return { unread: logs.unread(userID, conversationID) };
    },
    'conversation.delete'({ userID }, { conversationIDs, clearHistory }) {
      for (const conversationID of conversationIDs) {
        const state = mine(userID, conversationID);
        const newest = newestSeq(logOf(userID, conversationID));
        state.hiddenSeq = state.readSeq = newest;
        if (clearHistory) state.clearedSeq = newest;
        appendInbox(userID, {
          t: 'conversationDeleted',
          conversationID,
          hiddenSeq: newest,
          clearedSeq: state.clearedSeq,
        });
      }
      return {};
    },
    'conversationGroup.list': () => ({ groups: [] }),
    'message.send'(session, { conversationID, clientID, elements, onlineUserOnly }) {
      const { userID } = session;
      const key = `${userID}/${clientID}`;
      const first = sent.get(key);
      if (first) return { ...first, duplicate: true };
      const name = logOf(userID, conversationID);
      if (conversationID.startsWith('GROUP') && !log(name).members.has(userID)) throw refuse(10007);
      const id = `${tinyIDOf(userID)}-${clientID}`;
      if (onlineUserOnly) return { seq: 0, pos: 0, id, timeMs: nowMs() };
      const { event, pos } = appendMessage(name, userID, { id, clientID, elements }, session);
      const reply = { seq: event.seq, pos, id, timeMs: event.timeMs };
      sent.set(key, reply);
      return reply;
    },
    'message.history'({ userID }, { conversationID, before = Infinity, limit }) {
      const all = logs.visible(userID, conversationID).filter(({ seq }) => seq < before);
      const messages = all.slice(-Math.min(limit, pageSize()));
      const complete = messages.length === all.length;
      return { messages, complete, next: complete ? 1 : (messages[0]?.seq ?? 1) };
    },
    'group.list': ({ userID }) => ({
      groups: [...logs.logs.values()].flatMap((it) =>
        it.members.has(userID) ? [groupView(it, userID) ?? []].flat() : [],
      ),
    }),
    'group.get': ({ userID }, { groupID }) => ({ group: requireGroup(groupID, userID) }),
    'group.create'({ userID }, { groupID = `@TGS#${logs.logs.size}`, members = [] }) {
      createGroup(groupID, [userID, ...members.map((member) => member.userID)]);
      return { group: requireGroup(groupID, userID), overLimitUserIDs: [] };
    },
    'group.quit'({ userID }, { groupID }) {
      leave(groupID, userID);
      return {};
    },
    'blacklist.list': () => ({ userIDs: [] }),
    'profile.get': (_, { userIDs }) => ({
      profiles: userIDs.filter((userID) => logs.users.has(userID)).map(profile),
    }),
    'profile.update'({ userID }, { changes }) {
      if (typeof changes.nick === 'string') user(userID).nick = changes.nick;
      appendInbox(userID, { t: 'profile', profile: profile(userID) });
      return { profile: profile(userID) };
    },
  };

  return { handlers, range, inboxRange, read, leave, createGroup };
}
