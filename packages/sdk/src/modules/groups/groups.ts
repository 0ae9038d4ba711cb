import type { GroupInfo, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import { GROUP_MEMBERS_PAGE, HISTORY_PAGE } from '../../limits.ts';
import type { CreateGroupOptions } from '../../types/group-methods.ts';
import type { Group, GroupMember } from '../../types/group.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { memberOf } from './member.ts';

/** Groups and their members. */
export function groups(context: EngineContext): EngineModule {
  const { groups: store, conversations, outlet, request, session, sync } = context;

  function me(): string {
    const { userID } = session();
    if (!userID) throw sdkError('notLoggedIn');
    return userID;
  }

  function adopt(info: GroupInfo): Group {
    const conversationID = `GROUP${info.groupID}`;
    const held = conversations.find(conversationID);
    const hasCount = sync.pos(conversationID) !== undefined && (held?.memberPos ?? 0) > 0;
    const group = store.adopt(info, session().userID, hasCount);
    if (held) held.view.subType = group.type;
    outlet.groupsChanged();
    outlet.conversationsChanged();
    return group;
  }

  async function load(): Promise<void> {
    const { groups: all } = await request('group.list', {});
    for (const info of all) adopt(info);
  }

  /** A group just became mine on this device: what its log and the lists say of it is there when the caller hears. */
  async function settleIn(info: GroupInfo): Promise<Group> {
    const group = adopt(info);
    await sync.refresh();
    return group;
  }

  function changeMemberCount(conversationID: string, pos: number, by: number): void {
    if (pos <= (conversations.find(conversationID)?.memberPos ?? 0)) return;
    const group = groupOf(conversationID);
    group.memberCount = group.memberNum = Math.max(0, group.memberCount + by);
    outlet.groupsChanged();
  }

  const groupOf = (conversationID: string): Group => store.of(conversationID.slice('GROUP'.length));

  return {
    prepare: load,
    onReset: () => store.leaveAll(),

    onEvent: {
      joined: (conversationID, { userIDs }, pos) => changeMemberCount(conversationID, pos, userIDs.length),
      left: (conversationID, { userIDs }, pos) => changeMemberCount(conversationID, pos, -userIDs.length),
      group(conversationID, { changes }) {
        Object.assign(groupOf(conversationID), changes);
        outlet.groupsChanged();
        outlet.conversationsChanged();
      },
      member(conversationID, { userID, changes }) {
        if (userID !== session().userID) return;
        Object.assign(groupOf(conversationID).selfInfo, changes);
        outlet.groupsChanged();
      },
    },

    onInbox: {
      groupJoined({ groupID, pos }) {
        const conversationID = `GROUP${groupID}`;
        store.join(groupID);
        conversations.hold(conversationID);
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
        context.logger.info('No longer a member of a group', { groupID, reason });
      },
    },

    methods: {
      async getGroupList() {
        me();
        await load();
        return { code: 0, data: { groupList: store.mine() } };
      },
      async getGroupProfile({ groupID }) {
        me();
        const { group } = await request('group.get', { groupID });
        return { code: 0, data: { group: adopt(group) } };
      },
      async createGroup(options) {
        me();
        const body = creation(options);
        // Without an ID of its own, a second attempt would make a second group.
        const once = body.groupID === undefined;
        const { group, overLimitUserIDs } = await request('group.create', body, { once });
        return { code: 0, data: { group: await settleIn(group), overLimitUserIDList: overLimitUserIDs } };
      },
      async joinGroup({ groupID, applyMessage }) {
        me();
        const { status, group } = await request('group.join', {
          groupID,
          ...(applyMessage && { applyMessage }),
        });
        return { code: 0, data: { status, ...(group && { group: await settleIn(group) }) } };
      },
      async quitGroup(groupID) {
        me();
        await request('group.quit', { groupID });
        await sync.refresh();
        return { code: 0, data: { groupID } };
      },
      async dismissGroup(groupID) {
        me();
        await request('group.dismiss', { groupID });
        await sync.refresh();
        return { code: 0, data: { groupID } };
      },
      async getGroupMemberList({ groupID, count = HISTORY_PAGE, offset = 0, role }) {
        me();
        const limit = Math.min(Math.max(1, count), GROUP_MEMBERS_PAGE);
        // A string is the cursor of the page before; old applications count.
        const from = typeof offset === 'string' ? offset && { after: offset } : { offset };
        const { members, next = '' } = await request('group.members', {
          groupID,
          limit,
          ...from,
          ...(role && { role }),
        });
        const memberList = members.map(memberOf);
        if (!role) remember(store.of(groupID), memberList);
        return {
          code: 0,
          data: {
            memberList,
            offset: next && typeof offset === 'number' ? offset + members.length : next || 0,
          },
        };
      },
      async addGroupMember({ groupID, userIDList }) {
        me();
        const { added, existed, failed, overLimit, group } = await request('group.addMembers', {
          groupID,
          userIDs: [...userIDList],
        });
        return {
          code: 0,
          data: {
            successUserIDList: added,
            existedUserIDList: existed,
            failureUserIDList: failed,
            overLimitUserIDList: overLimit,
            group: adopt(group),
          },
        };
      },
      async deleteGroupMember({ groupID, userIDList, reason }) {
        me();
        const { deleted, group } = await request('group.deleteMembers', {
          groupID,
          userIDs: [...userIDList],
          ...(reason && { reason }),
        });
        return { code: 0, data: { group: adopt(group), userIDList: deleted } };
      },
    },
  };
}

function creation(options: CreateGroupOptions): RequestOf<'group.create'> {
  const {
    type = 'Private',
    memberList,
    maxMemberNum,
    groupID,
    introduction,
    notification,
    avatar,
    joinOption,
  } = options;
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a type that the server does not have is refused there
    type: type as RequestOf<'group.create'>['type'],
    name: options.name ?? '',
    ...(groupID && { groupID }),
    ...(introduction && { introduction }),
    ...(notification && { notification }),
    ...(avatar && { avatar }),
    ...(maxMemberNum && { maxMemberCount: maxMemberNum }),
    ...(joinOption && { joinOption }),
    ...(memberList && {
      members: memberList.map(({ userID, role }) => ({ userID, ...(role && { role }) })),
    }),
  };
}

/** `group.memberList` has the members that were asked for, each once. */
function remember(group: Group, members: readonly GroupMember[]): void {
  const all = new Map(group.memberList.map((member) => [member.userID, member]));
  for (const member of members) all.set(member.userID, member);
  group.memberList = [...all.values()];
}
