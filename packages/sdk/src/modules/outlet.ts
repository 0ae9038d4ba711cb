import type { Emitter } from '../emitter.ts';
import { LIST_THROTTLE_MS } from '../limits.ts';
import type { Platform } from '../platform/platform.ts';
import { createTimer } from '../platform/timer.ts';
import type { Conversation } from '../types/conversation.ts';
import type { EventMap } from '../types/events.ts';
import type { Group } from '../types/group.ts';
import type { Message } from '../types/message.ts';

/** Events whose items of one turn are told together. */
type Batched =
  | 'onMessageReceived'
  | 'onMessageRevoked'
  | 'onMessageModified'
  | 'onMessageReadByPeer'
  | 'onProfileUpdated';

/**
 * Where the engine's changes become the application's events: what one frame brings is one event of each kind, and the
 * lists, which are always told whole, come at once and then at a bounded rate.
 */
export interface Outlet {
  /** Tells of one item, together with all others of this turn. */
  add<Name extends Batched>(name: Name, item: EventMap[Name][number]): void;
  conversationsChanged(): void;
  groupsChanged(): void;
  /** Shows both lists, even if they are empty, and from now on whenever they change. */
  present(): void;
  clear(): void;
}

export function createOutlet(
  platform: Pick<Platform, 'setTimer' | 'monotonicMs'>,
  emit: Emitter['emit'],
  lists: { conversations(): Conversation[]; groups(): Group[]; unread(): number; shown(): void },
): Outlet {
  let batches = new Map<Batched, EventMap[Batched]>();
  let areListsShown = false;
  let conversationsDue = false;
  let groupsDue = false;
  let isFlushDue = false;
  const timer = createTimer(platform);
  let shownMs = -Infinity;
  let unreadTold = 0;
  /** Numbers the sessions: nothing of an earlier one is told, though a handler may have logged out. */
  let generation = 0;

  function soon(): void {
    if (isFlushDue) return;
    isFlushDue = true;
    const mine = generation;
    void Promise.resolve().then(() => {
      if (mine === generation) flush();
    });
  }

  function teller(): Emitter['emit'] {
    const mine = generation;
    return (name, data) => {
      if (mine === generation) emit(name, data);
    };
  }

  function flush(): void {
    isFlushDue = false;
    const tell = teller();
    const told = batches;
    batches = new Map();
    for (const [name, items] of told) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no message has nothing of what is looked at
      const messages = items as Message[];
      // What came together with its deletion was never there.
      const left = messages.filter(({ isDeleted }) => !isDeleted);
      if (left[0]) tell(name, left);
      for (const message of left)
        if (message.type === 'TIMGroupSystemNoticeElem')
          tell('receiveGroupSystemNotice', { type: message.payload.operationType, message });
    }
    if (areListsShown && (conversationsDue || groupsDue)) showLists();
  }

  function showLists(): void {
    const waitMs = shownMs + LIST_THROTTLE_MS - platform.monotonicMs();
    if (waitMs > 0) return timer.ensure(waitMs, showLists);
    shownMs = platform.monotonicMs();
    const tell = teller();
    const groupsToo = groupsDue;
    groupsDue = false;
    if (conversationsDue) {
      conversationsDue = false;
      tell('onConversationListUpdated', lists.conversations());
      const unread = lists.unread();
      if (unread !== unreadTold) tell('onTotalUnreadMessageCountUpdated', (unreadTold = unread));
      lists.shown();
    }
    if (groupsToo) tell('onGroupListUpdated', lists.groups());
  }

  return {
    add(name, item) {
      const items: unknown[] = batches.get(name) || [];
      items.push(item);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `name` picks the list of the item's kind
      batches.set(name, items as EventMap[Batched]);
      soon();
    },
    conversationsChanged() {
      conversationsDue = true;
      soon();
    },
    groupsChanged() {
      groupsDue = true;
      soon();
    },
    present() {
      areListsShown = conversationsDue = groupsDue = true;
      shownMs = -Infinity;
      flush();
    },
    clear() {
      generation += 1;
      batches.clear();
      unreadTold = 0;
      areListsShown = conversationsDue = groupsDue = isFlushDue = false;
      timer.stop();
    },
  };
}
