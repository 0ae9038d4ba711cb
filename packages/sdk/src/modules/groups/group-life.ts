import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Group, GroupApplication, GroupMember } from '../../types/group.ts';
import { recordOfFields } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { adoptGroup } from './adopt-group.ts';
import { memberOf } from './member.ts';

type GroupReply = ReplyOf<'group.get'>;
type MemberReply = ReplyOf<'group.setRole'>;

/** What owners and members do with a group once it is there. */
export function groupLife(context: EngineContext): EngineModule {
  const { request } = context;

  const groupIn = async (reply: Promise<GroupReply>): Promise<{ group: Group }> => ({
    group: adoptGroup(context, (await reply).group),
  });

  async function memberIn(reply: Promise<MemberReply>): Promise<{ group: Group; member: GroupMember }> {
    const { group, member } = await reply;
    return { group: adoptGroup(context, group), member: memberOf(member) };
  }

  const updateMember = (body: RequestOf<'group.updateMember'>): ReturnType<typeof memberIn> =>
    memberIn(request('group.updateMember', body));

  return {
    methods: {
      updateGroupProfile: ({ groupID, groupCustomField: custom, muteAllMembers: muteAll, ...fields }) =>
        groupIn(
          request('group.update', {
            groupID,
            changes: { ...fields, muteAll, custom: custom && recordOfFields(custom) },
          }),
        ),
      changeGroupOwner: (options) => groupIn(request('group.changeOwner', options)),
      searchGroupByID: (groupID) => groupIn(request('group.search', { groupID })),
      handleGroupApplication: ({ handleAction, handleMessage: note = '', message, application }) =>
        groupIn(
          request('group.handleApplication', {
            ...(application ? wishOf(application) : wishIn(message)),
            // What is neither decides nothing: it is refused.
            agree: { Agree: true, Reject: false }[handleAction],
            note,
          }),
        ),
      async getGroupApplicationList() {
        const { applications } = await request('group.applications', {});
        return { applicationList: applications.map(applicationView) };
      },
      getGroupOnlineMemberCount: (groupID) => request('group.onlineCount', { groupID }),
      async getGroupMemberProfile({ groupID, userIDList }) {
        // More than the service takes are dropped, as the original does.
        const userIDs = userIDList.slice(0, 50);
        const { members } = await request('group.memberProfiles', { groupID, userIDs });
        return { memberList: members.map(memberOf) };
      },
      setGroupMemberMuteTime: ({ groupID, userID, muteTime: seconds }) =>
        memberIn(request('group.muteMember', { groupID, userID, seconds })),
      setGroupMemberRole({ groupID, userID, role: wished }) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a role that cannot be given is refused by the server
        const role = wished as RequestOf<'group.setRole'>['role'];
        return memberIn(request('group.setRole', { groupID, userID, role }));
      },
      setGroupMemberNameCard: ({ groupID, nameCard, userID }) =>
        updateMember({ groupID, nameCard, userID: userID || undefined }),
      setGroupMemberCustomField: ({ groupID, memberCustomField, userID }) =>
        updateMember({ groupID, custom: recordOfFields(memberCustomField), userID: userID || undefined }),
    },
  };
}

interface Wish {
  groupID: string;
  userID: string;
}

/** Whose wish is answered, by the list. */
function wishOf({ groupID, userID, applicant }: GroupApplication): Wish {
  return { groupID, userID: userID || applicant };
}

/** Whose wish is answered, by the notice that told of it, or an application's copy of one: what it lacks is refused. */
function wishIn(message: unknown): Wish {
  const { payload } = (message || {}) as { payload?: { groupProfile?: Partial<Group>; applicant?: string } };
  const { groupProfile, applicant: userID } = payload || {};
  const { groupID } = groupProfile || {};
  if (!groupID || !userID) throw sdkError(SDK_ERRORS.parameterInvalid, 'message or application');
  return { groupID, userID };
}

function applicationView({
  by: applicant,
  nick: applicantNick = '',
  kind,
  groupID,
  groupName,
  userID,
  note,
}: ReplyOf<'group.applications'>['applications'][number]): GroupApplication {
  const applicationType = kind === 'apply' ? 0 : 2;
  return { groupID, groupName, applicant, applicantNick, applicationType, userID, note };
}
