import type { Context } from './context.ts';
import { withGroup, withoutGroup } from './groups.ts';
import { LIMITS } from './limits.ts';
import { tipOf } from './message-item.ts';
import { GROUP_TYPE } from './published-values.ts';
import type { ChatState } from './state.ts';
import type { TimMessage } from './tim.ts';

export interface LiveRoomActions {
  /** Comes into a live room, if the group is one: rooms are in no list, so an address leads there. */
  visitLiveRoom(groupID: string): Promise<void>;
  /** Keeps the number of those who listen at hand, until the returned function is called. */
  watchAudience(groupID: string): () => void;
  /** Sends somebody out, who cannot come back for so many seconds. */
  banFromRoom(groupID: string, userID: string, seconds: number): Promise<void>;
  /** Whoever was sent out of a room, or whose room has ended, is told by a notice alone. */
  takeNotices(messages: readonly TimMessage[]): void;
}

/** The published operations of notices that end a stay: removed, disbanded. */
const ENDS: ReadonlySet<number> = new Set([4, 5]);

export function createLiveRoomActions(context: Context): LiveRoomActions {
  const { store, clock } = context;

  const count = async (groupID: string): Promise<void> => {
    const update = context.updater();
    try {
      const { data } = await context.tim().getGroupOnlineMemberCount(groupID);
      update((state) =>
        state.audience?.groupID === groupID
          ? { ...state, audience: { groupID, count: data.memberCount } }
          : state,
      );
    } catch {
      // The number stays as it was; it is asked for again soon.
    }
  };

  return {
    visitLiveRoom: async (groupID) => {
      const update = context.updater();
      const { data } = await context.tim().getGroupProfile({ groupID });
      if (data.group.type !== GROUP_TYPE.liveRoom) return;
      await context.tim().joinGroup({ groupID });
      const { data: joined } = await context.tim().getGroupProfile({ groupID });
      update((state) => withGroup(state, joined.group));
    },
    watchAudience: (groupID) => {
      let isWatched = true;
      store.update((state) => ({ ...state, audience: { groupID, count: 0 } }));
      const again = (): void => {
        if (!isWatched) return;
        void count(groupID);
        clock.after(LIMITS.audienceEveryMs, again);
      };
      again();
      return () => {
        isWatched = false;
        store.update((state) =>
          state.audience?.groupID === groupID ? { ...state, audience: undefined } : state,
        );
      };
    },
    banFromRoom: async (groupID, userID, duration) => {
      await context.tim().deleteGroupMember({ groupID, userIDList: [userID], duration });
    },
    takeNotices: (messages) => {
      for (const { type, payload } of messages) {
        const tip = tipOf(type, payload);
        if (tip?.source !== 'system' || !ENDS.has(tip.operation)) continue;
        store.update((state) => (isLiveRoom(state, tip.groupID) ? withoutGroup(state, tip.groupID) : state));
      }
    },
  };
}

export const isLiveRoom = (state: ChatState, groupID: string): boolean =>
  state.groups.get(groupID)?.type === GROUP_TYPE.liveRoom;
