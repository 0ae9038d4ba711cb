import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { ChatState } from './state.ts';
import type { Tim } from './tim.ts';
import type { TimEventNames } from './tim-events.ts';
import type { TimUserStatus } from './tim-contacts.ts';

export interface PresenceActions {
  /** Shows whether these are online from now on, beside those asked for before. */
  watchPresence(userIDs: readonly string[]): void;
  forgetPresence(): void;
  /** Of whom one has blocked nothing is told any more; let in again, they are asked for anew. */
  hidePresence(userIDs: readonly string[]): void;
}

/** The published numbers of somebody who is connected, and of somebody who is not. */
const ONLINE = 1;
const OFFLINE = 2;

export function listenToPresence(
  { tim, EVENT, context: { store } }: { tim: Tim; EVENT: TimEventNames; context: Context },
  { hidePresence }: Pick<PresenceActions, 'hidePresence'>,
): void {
  tim.on(EVENT.BLACKLIST_UPDATED, ({ data }) => hidePresence(data));
  tim.on(EVENT.USER_STATUS_UPDATED, ({ data }) => store.update((state) => withStatuses(state, data)));
}

export function withStatuses(state: ChatState, statuses: readonly TimUserStatus[]): ChatState {
  const online = new Set(state.online);
  for (const { userID, statusType } of statuses) {
    if (statusType === ONLINE) online.add(userID);
    else online.delete(userID);
  }
  const isSame = online.size === state.online.size && [...online].every((userID) => state.online.has(userID));
  return isSame ? state : { ...state, online };
}

export function createPresenceActions(context: Context): PresenceActions {
  /** In the order in which they were asked for: the SDK follows so many, and the oldest make room. */
  const watched = new Set<string>();

  async function ask(userIDList: string[]): Promise<void> {
    const update = context.updater();
    try {
      await context.tim().subscribeUserStatus({ userIDList });
      const { data } = await context.tim().getUserStatus({ userIDList });
      update((state) => withStatuses(state, data.successUserList));
    } catch {
      // Presence is an ornament: without it nobody shows as online, and the next look asks again.
      for (const userID of userIDList) watched.delete(userID);
    }
  }

  return {
    watchPresence(userIDs) {
      const fresh = [...new Set(userIDs)].filter((userID) => !watched.has(userID));
      for (let at = 0; at < fresh.length; at += LIMITS.presenceAtOnce) {
        const some = fresh.slice(at, at + LIMITS.presenceAtOnce);
        for (const userID of some) watched.add(userID);
        void ask(some);
      }
      while (watched.size > LIMITS.presence)
        for (const userID of [...watched].slice(0, 1)) watched.delete(userID);
    },
    forgetPresence: () => watched.clear(),
    hidePresence(userIDs) {
      for (const userID of userIDs) watched.delete(userID);
      context.store.update((state) =>
        withStatuses(
          state,
          userIDs.map((userID) => ({ userID, statusType: OFFLINE })),
        ),
      );
    },
  };
}
