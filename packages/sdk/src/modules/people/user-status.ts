import type { PushBody } from '@sterna/protocol';
import { STATUSES_FOLLOWED, STATUSES_FOLLOWED_AT_ONCE } from '../../limits.ts';
import type { UserStatus } from '../../types/profile.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { keepNewest } from '../keep-newest.ts';
import { failuresOf } from './user-results.ts';

type Statuses = PushBody<'status'>['statuses'];

/** Who is online. The server forgets with the connection whom this device wants to hear of; here it is kept, and asked for again. */
export function userStatus({ request, emit, insist }: EngineContext): EngineModule {
  /** Of whom to hear, the oldest wish first, with what the application knows of them. */
  const followed = new Map<string, string>();

  function keep(view: UserStatus): string {
    const text = JSON.stringify(view);
    followed.set(view.userID, text);
    return text;
  }

  /** Takes statuses in; gives those that are news. */
  function news(statuses: Statuses): UserStatus[] {
    return statuses.map(viewOf).filter((view) => {
      const known = followed.get(view.userID);
      return known === undefined || known !== keep(view);
    });
  }

  function tell(statuses: Statuses): void {
    const views = news(statuses);
    if (views.length > 0) emit('onUserStatusUpdated', views);
  }

  async function followAgain(): Promise<void> {
    const userIDs = [...followed.keys()];
    for (let at = 0; at < userIDs.length; at += STATUSES_FOLLOWED_AT_ONCE) {
      const some = userIDs.slice(at, at + STATUSES_FOLLOWED_AT_ONCE);
      tell((await request('status.subscribe', { userIDs: some })).statuses);
    }
  }

  const again = (): void => insist('statuses', followAgain);

  return {
    onLogin: again,
    // Whoever was blocked was not to be heard of.
    onInbox: { blacklist: again },
    onPush: { status: ({ statuses }) => tell(statuses) },
    onLogout: () => followed.clear(),

    methods: {
      setSelfStatus: async ({ customStatus: custom }) =>
        viewOf((await request('status.set', { custom })).status),
      async getUserStatus({ userIDList: userIDs }) {
        const { statuses, failed } = await request('status.get', { userIDs });
        return { successUserList: statuses.map(viewOf), failureUserList: failuresOf(failed) };
      },
      async subscribeUserStatus({ userIDList: userIDs }) {
        const { statuses, failed } = await request('status.subscribe', { userIDs });
        for (const status of statuses) {
          followed.delete(status.userID);
          keep(viewOf(status));
        }
        keepNewest(followed, STATUSES_FOLLOWED);
        return { failureUserList: failuresOf(failed) };
      },
      async unsubscribeUserStatus({ userIDList: userIDs } = {}) {
        for (const userID of userIDs || [...followed.keys()]) followed.delete(userID);
        await request('status.unsubscribe', { userIDs });
        return { failureUserList: [] };
      },
    },
  };
}

/** The published numbers: 1 online, 2 offline, 3 logged out. */
function viewOf({ userID, platforms, custom, loggedOut }: Statuses[number]): UserStatus {
  return { userID, statusType: platforms.length > 0 ? 1 : loggedOut ? 3 : 2, customStatus: custom };
}
