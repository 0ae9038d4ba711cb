import { type Context, failureOf } from './context.ts';
import { withGroup, withoutGroup } from './groups.ts';
import { LIMITS } from './limits.ts';
import { tipOf } from './message-item.ts';
import { GROUP_TYPE } from './published-values.ts';
import type { ChatState, ClosedRoom, GroupItem } from './state.ts';
import type { TimMessage } from './tim.ts';

export interface LiveRoomActions {
  /** Comes into a live room, if the group is one: rooms are in no list, so an address leads there. Who is not let in finds it closed. */
  visitLiveRoom(groupID: string): Promise<void>;
  /** Keeps the number of those who listen at hand, until the returned function is called. */
  watchAudience(groupID: string): () => void;
  /** Sends somebody out, who cannot come back for so many seconds. */
  banFromRoom(groupID: string, userID: string, seconds: number): Promise<void>;
  /** Whoever was sent out of a room, or whose room has ended, is told by a notice alone. */
  takeNotices(messages: readonly TimMessage[]): void;
}

/** The published operations of notices that end a stay: removed, disbanded. */
const ENDS: ReadonlyMap<number, ClosedRoom['why']> = new Map([
  [4, 'sentOut'],
  [5, 'ended'],
]);
/** The published code for who may not do something: here, come in. */
const NO_PERMISSION = 10007;

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
      try {
        await context.tim().joinGroup({ groupID });
      } catch (error) {
        if (failureOf(error).code === NO_PERMISSION) update((state) => closed(state, data.group, 'notLetIn'));
        throw error;
      }
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
        const why = tip?.source === 'system' ? ENDS.get(tip.operation) : undefined;
        if (tip?.source !== 'system' || why === undefined) continue;
        store.update((state) => {
          const room = state.groups.get(tip.groupID);
          return room?.type === GROUP_TYPE.liveRoom ? closed(state, room, why) : state;
        });
      }
    },
  };
}

/** One is not in the room any more; its name is kept, as nobody else has it. */
function closed(
  state: ChatState,
  { groupID, name, avatar }: Pick<GroupItem, 'groupID' | 'name' | 'avatar'>,
  why: ClosedRoom['why'],
): ChatState {
  const closedRooms = new Map(state.closedRooms).set(groupID, { name, avatar, why });
  return { ...withoutGroup(state, groupID), closedRooms };
}

export const isLiveRoom = (state: ChatState, groupID: string): boolean =>
  state.groups.get(groupID)?.type === GROUP_TYPE.liveRoom;
