import type { ConversationEvent, PushBody } from '@sterna/protocol';
import type { ImError } from '../../errors.ts';
import { IDS_OF_ROOM } from '../../limits.ts';
import { isLocal, OWNER_CANNOT_QUIT } from '../../transport/codes.ts';
import type { Held } from '../conversations/conversation-store.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { keepNewest } from '../keep-newest.ts';
import { messageFrom, targetOf } from '../messages/message-from.ts';
import { failuresOf } from '../people/user-results.ts';
import { createGuest } from './guest.ts';

/** Rooms whose messages are in no log: what comes is taken as it is, once by its ID, and a new connection joins again. */
export function liveRooms(context: EngineContext): EngineModule {
  const { conversations, groups, outlet, request, session, tell } = context;
  /** Rooms that I am in, for all that I know, and want to be in. */
  const rooms = new Set<string>();
  /** IDs of the newest messages of each. */
  const seenIn = new Map<string, Set<string>>();
  const guest = createGuest(context, heard, () => joinAgain(guest.ask));

  function isNew(seen: Set<string>, { bySeq }: Held['window'], id: string): boolean {
    if (seen.has(id)) return false;
    keepNewest(seen.add(id), IDS_OF_ROOM);
    // My own came with no event.
    return ![...bySeq.values()].some(({ ID }) => ID === id);
  }

  function heard({ conversationID, events, isEntry }: PushBody<'room'>): void {
    const isFirst = isEntry && !rooms.has(conversationID);
    if (isEntry) rooms.add(conversationID);
    const seen = seenIn.get(conversationID) || new Set<string>();
    seenIn.set(conversationID, seen);
    const held = conversations.hold(conversationID);
    // Such a conversation is in no list, has nothing unread, and no messages but those that came, or that I said.
    held.isHidden = true;
    held.hiddenSeq = held.toldSeq = Infinity;
    held.window.floorSeq = 1;
    for (const event of events) {
      if (event.t === 'left') leave(conversationID);
      else if (event.t !== 'message') pass(conversationID, event);
      else if (isNew(seen, held.window, event.id)) {
        // Each node counts by itself: after a move another message may have this number here.
        while (held.window.bySeq.has(event.seq)) event.seq++;
        if (isFirst) {
          // What was said before I came is there to be read, but nothing that I receive.
          const message = messageFrom(conversationID, event, session().userID);
          held.window.bySeq.set(event.seq, message);
          conversations.show(held, message);
        } else pass(conversationID, event);
      }
    }
  }

  const pass = (conversationID: string, event: ConversationEvent): void =>
    tell('onEvent', [conversationID, event, 0], event.t);

  function leave(conversationID: string): void {
    rooms.delete(conversationID);
    groups.of(targetOf(conversationID)).selfInfo.role = '';
    outlet.groupsChanged();
  }

  function joinAgain(ask = request): void {
    for (const conversationID of rooms) {
      // What fails for want of a connection is asked again with the next one.
      ask('group.join', { groupID: targetOf(conversationID) }).catch(({ code }: ImError) => {
        if (!isLocal(code)) leave(conversationID);
      });
    }
  }

  context.askAsGuest = guest.ask;
  context.leaveRoom = (conversationID, quit) => {
    const wasIn = rooms.delete(conversationID);
    quit.catch(({ code }: ImError) => {
      if (code !== OWNER_CANNOT_QUIT || !wasIn) return;
      // The connection may have ended meanwhile, and the next one did not join again.
      rooms.add(conversationID);
      joinAgain();
    });
  };

  return {
    onPush: { room: heard },
    onConnect: guest.stop,
    onLogin: () => joinAgain(),
    onLogout() {
      guest.stop();
      rooms.clear();
      seenIn.clear();
    },
    methods: {
      async markGroupMemberList({ groupID, userIDList: userIDs, markType: mark, enableMark: isSet }) {
        const { done, failed } = await request('group.markMembers', { groupID, userIDs, mark, isSet });
        return { successUserIDList: done, failureUserIDList: failuresOf(failed) };
      },
    },
  };
}
