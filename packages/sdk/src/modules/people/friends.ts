import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import { seconds } from '../../seconds.ts';
import type { FriendApplication, FriendGroup } from '../../types/profile.ts';
import type { FailedUser } from '../../types/result.ts';
import { recordOfFields } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { createFriendStore } from './friend-store.ts';
import { failuresOf, userResult } from './user-results.ts';

type GroupAction = RequestOf<'friendGroup.change'>['action'];
interface GroupOptions {
  name: string;
  newName?: string;
  userIDList?: string[];
}

/** Friends, wishes to become friends, and groups of friends. The inbox says what changed; then it is read. */
export function friends(context: EngineContext): EngineModule {
  const { request, change, emit, insist, outlet } = context;
  const store = createFriendStore(context);

  const groups = async (): Promise<FriendGroup[]> =>
    (await request('friendGroup.list', {})).groups.map(groupView);

  async function applications(): Promise<{
    friendApplicationList: FriendApplication[];
    unreadCount: number;
  }> {
    const { applications: waiting, unread } = await request('friendApplication.list', {});
    return { friendApplicationList: waiting.map(applicationView), unreadCount: unread };
  }

  async function tell(): Promise<void> {
    if (!(await store.update())) return;
    emit('onFriendListUpdated', store.list());
    outlet.conversationsChanged();
  }
  const tellFriends = (userIDs?: readonly string[]): void => {
    store.outdate(userIDs);
    insist('friends', tell);
  };
  const tellGroups = (): void =>
    insist('friend groups', async () => emit('onFriendGroupListUpdated', await groups()));
  const tellApplications = (): void =>
    insist('friend applications', async () => emit('onFriendApplicationListUpdated', await applications()));

  async function changeGroup(
    action: GroupAction,
    { name, newName, userIDList: userIDs }: GroupOptions,
  ): Promise<{ friendGroup: FriendGroup; failureUserIDList: FailedUser[] }> {
    const { group, failed } = await change('friendGroup.change', { action, name, newName, userIDs });
    return { friendGroup: groupView(group), failureUserIDList: failuresOf(failed) };
  }

  return {
    async prepare() {
      tellFriends();
      tellGroups();
      tellApplications();
    },
    onInbox: {
      friends: ({ userIDs }) => tellFriends(userIDs),
      friendGroups: tellGroups,
      friendApplications: tellApplications,
    },
    onLogout: store.clear,

    methods: {
      async getFriendList() {
        await tell();
        return store.list();
      },
      addFriend: ({ to: userID, type, ...wish }) =>
        change('friend.add', { userID, both: isBoth('Add', type), ...wish }),
      deleteFriend: async ({ userIDList: userIDs, type }) =>
        userResult(
          await change('friend.delete', {
            userIDs,
            both: isBoth('Delete', type),
          }),
        ),
      async checkFriend({ userIDList: userIDs, type }) {
        const both = isBoth('CheckResult', type);
        const { done, failed } = await request('friend.check', { userIDs, both });
        return { successUserIDList: done, failureUserIDList: failuresOf(failed) };
      },
      async getFriendProfile({ userIDList: userIDs }) {
        const { friends: found, failed } = await request('friend.get', { userIDs });
        return { friendList: found.map(store.view), failureUserIDList: failuresOf(failed) };
      },
      async updateFriend({ userID, remark, friendCustomField }) {
        const custom = friendCustomField && recordOfFields(friendCustomField);
        const { friend } = await change('friend.update', { userID, remark, custom });
        // The list and the conversation show it when this is answered. If not, it is tried again: what was asked is done.
        await tell().catch(() => undefined);
        return store.view(friend);
      },

      getFriendApplicationList: applications,
      acceptFriendApplication: ({ userID, type, remark, tag: groupName }) =>
        change('friendApplication.answer', {
          userID,
          answer: isSecond(['Response_Action_Agree', 'Response_Action_AgreeAndAdd'], `${type}`)
            ? 'acceptAndAdd'
            : 'accept',
          remark,
          groupName,
        }),
      refuseFriendApplication: ({ userID }) =>
        change('friendApplication.answer', { userID, answer: 'refuse' }),
      deleteFriendApplication: ({ userID, type }) =>
        change('friendApplication.delete', {
          userID,
          kind: isSecond(['Pendency_Type_ComeIn', 'Pendency_Type_SendOut'], `${type}`) ? 'out' : 'in',
        }),
      setFriendApplicationRead: () => change('friendApplication.read', {}),

      getFriendGroupList: groups,
      createFriendGroup: (options) => changeGroup('create', options),
      deleteFriendGroup: async (options) => (await changeGroup('delete', options)).friendGroup,
      addToFriendGroup: (options) => changeGroup('add', options),
      removeFromFriendGroup: (options) => changeGroup('remove', options),
      renameFriendGroup: async ({ oldName: name, newName }) =>
        (await changeGroup('rename', { name, newName })).friendGroup,
    },
  };
}

/** Of the two published ways of doing something the one that is for both sides, as without a word. */
const isBoth = (doing: string, given?: string): boolean =>
  isSecond([`${doing}_Type_Single`, `${doing}_Type_Both`], given);

/** Which of two published names was given, without one the second; another one is no choice. */
function isSecond(names: [string, string], given = names[1]): boolean {
  const place = names.indexOf(given);
  if (place < 0) throw sdkError(SDK_ERRORS.parameterInvalid, 'type');
  return place > 0;
}

const groupView = ({ name, userIDs: userIDList }: ReplyOf<'friendGroup.change'>['group']): FriendGroup => ({
  name,
  userIDList,
  count: userIDList.length,
});

const applicationView = ({
  kind,
  timeMs,
  nick = '',
  avatar = '',
  ...wish
}: ReplyOf<'friendApplication.list'>['applications'][number]): FriendApplication => ({
  ...wish,
  nick,
  avatar,
  time: seconds(timeMs),
  type: kind === 'in' ? 'Pendency_Type_ComeIn' : 'Pendency_Type_SendOut',
});
