import type { GroupInfo, RequestOf } from '@sterna/protocol';
import { recordOfFields } from '../custom-fields.ts';
import { GROUP_MEMBERS_PAGE, HISTORY_PAGE } from '../../limits.ts';
import type { Group, GroupMember } from '../../types/group.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { targetOf } from '../messages/message-from.ts';
import { given } from '../given.ts';
import { setGiven } from '../set-given.ts';
import { pageSize } from '../page-size.ts';
import { adoptGroup } from './adopt-group.ts';
import { groupFields } from './group-store.ts';
import { memberOf } from './member.ts';

/** Groups and their members. */
export function groups(context: EngineContext): EngineModule {
  const { groups: store, change, conversations, outlet, request, session, sync } = context;

  const adopt = (info: GroupInfo): Group => adoptGroup(context, info);

  async function load(): Promise<void> {
    const { groups: all } = await request('group.list', {});
    all.forEach(adopt);
  }

  /** A group just became mine on this device: what its log and the lists say of it is there when the caller hears. */
  async function settleIn(info: GroupInfo): Promise<Group> {
    const group = adopt(info);
    if (!info.isLive) await sync.refresh();
    return group;
  }

  function changeMemberCount(conversationID: string, pos: number, by: number): void {
    const held = conversations.hold(conversationID);
    if (pos <= held.memberPos) return;
    held.memberPos = pos;
    const group = groupOf(conversationID);
    group.memberCount = group.memberNum = Math.max(0, group.memberCount + by);
    outlet.groupsChanged();
  }

  /** Live rooms can be joined without a login. */
  const orAsGuest = (ask: EngineContext['request']): EngineContext['request'] =>
    session().userID ? ask : context.askAsGuest || ask;

  const groupOf = (conversationID: string): Group => store.of(targetOf(conversationID));

  return {
    prepare: load,
    onReset: () => store.leaveAll(),

    onEvent: {
      joined: (conversationID, { userIDs }, pos) => changeMemberCount(conversationID, pos, userIDs.length),
      left(conversationID, { userIDs }, pos) {
        changeMemberCount(conversationID, pos, -userIDs.length);
        // Who comes back may read what was said meanwhile, and is not handed it.
        if (userIDs.includes(session().userID)) conversations.reread(conversations.hold(conversationID));
      },
      group(conversationID, { changes }) {
        const group = groupOf(conversationID);
        Object.assign(group, groupFields(group, changes));
        outlet.groupsChanged();
        outlet.conversationsChanged();
      },
      member(conversationID, { userID, changes }) {
        if (userID !== session().userID) return;
        const { role, nameCard }: Partial<GroupMember> = changes;
        setGiven(groupOf(conversationID).selfInfo, { role, nameCard });
        outlet.groupsChanged();
      },
    },

    onInbox: {
      groupJoined({ groupID, pos }) {
        const conversationID = `GROUP${groupID}`;
        store.join(groupID);
        conversations.reread(conversations.hold(conversationID));
        sync.hold(conversationID, pos);
        context.wantConversation(conversationID);
      },
      groupLeft({ groupID, pos, reason }) {
        const conversationID = `GROUP${groupID}`;
        sync.reach(conversationID, pos);
        const held = conversations.hold(conversationID);
        // What is still on its way was before the end, and is not to be read any more.
        held.countedPos = Math.max(held.countedPos, pos);
        held.view.unreadCount = 0;
        store.leave(groupID);
        outlet.groupsChanged();
        outlet.conversationsChanged();
        // Whether it is still to be shown depends on what was said in it.
        context.wantConversation(conversationID);
        context.logger.info('Left a group', { groupID, reason });
      },
    },

    methods: {
      async getGroupList() {
        await load();
        return { groupList: store.mine() };
      },
      async getGroupProfile({ groupID }) {
        const { group } = await request('group.get', { groupID });
        return { group: adopt(group) };
      },
      async createGroup({ type = 'Private', name, groupID, maxMemberNum, memberList, ...fields }) {
        const { introduction, notification, avatar, joinOption, inviteOption, groupCustomField } = fields;
        const { group, overLimitUserIDs: overLimitUserIDList } = await request(
          'group.create',
          {
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a type that the server does not have is refused there
            type: type as RequestOf<'group.create'>['type'],
            name: name || '',
            ...given({
              groupID,
              introduction,
              notification,
              avatar,
              maxMemberCount: maxMemberNum,
              joinOption,
              inviteOption,
              isSupportTopic: fields.isSupportTopic,
              members:
                memberList &&
                memberList.map(({ userID, role, memberCustomField }) => ({
                  userID,
                  role: role || undefined,
                  custom: memberCustomField && recordOfFields(memberCustomField),
                })),
            }),
            custom: groupCustomField && recordOfFields(groupCustomField),
          },
          // Without an ID of its own, a second attempt would make a second group.
          { once: !groupID },
        );
        return { group: await settleIn(group), overLimitUserIDList };
      },
      async joinGroup({ groupID, applyMessage }) {
        const { status, group } = await orAsGuest(request)('group.join', {
          groupID,
          applyMessage: applyMessage || undefined,
        });
        return { status, ...(group && { group: await settleIn(group) }) };
      },
      async quitGroup(groupID) {
        // What is no text may refuse to become one: before anything is asked that nobody would wait for.
        const conversationID = `GROUP${groupID}`;
        const quit = orAsGuest(change)('group.quit', { groupID });
        if (context.leaveRoom) context.leaveRoom(conversationID, quit);
        await quit;
        return { groupID };
      },
      async dismissGroup(groupID) {
        await change('group.dismiss', { groupID });
        return { groupID };
      },
      async getGroupMemberList({ groupID, count, offset = 0, role, filter }) {
        const { members, next = '' } = await request('group.members', {
          groupID,
          limit: pageSize(count, GROUP_MEMBERS_PAGE, HISTORY_PAGE),
          // A string is the cursor of the page before; old applications count.
          ...(typeof offset === 'string' ? { after: offset || undefined } : { offset }),
          ...given({ role, mark: filter }),
        });
        const memberList = members.map(memberOf);
        if (!role && !filter) remember(store.of(groupID), memberList);
        return {
          memberList,
          offset: next && typeof offset === 'number' ? offset + members.length : next || 0,
        };
      },
      async addGroupMember({ groupID, userIDList: userIDs }) {
        const reply = await request('group.addMembers', { groupID, userIDs });
        return {
          successUserIDList: reply.added,
          existedUserIDList: reply.existed,
          failureUserIDList: reply.failed,
          overLimitUserIDList: reply.overLimit,
          group: adopt(reply.group),
        };
      },
      async deleteGroupMember({ groupID, userIDList: userIDs, reason, duration: seconds }) {
        const body = { groupID, userIDs, reason: reason || undefined, seconds };
        const { deleted: userIDList, group } = await request('group.deleteMembers', body);
        return { group: adopt(group), userIDList };
      },
    },
  };
}

/** `group.memberList` has the members that were asked for, each once. */
function remember(group: Group, members: readonly GroupMember[]): void {
  const all = new Map([...group.memberList, ...members].map((member) => [member.userID, member]));
  group.memberList = [...all.values()];
}
