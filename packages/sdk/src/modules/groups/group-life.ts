import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Group, GroupApplication, GroupAttributes, GroupMember } from '../../types/group.ts';
import type { GroupCounterStep } from '../../types/group-methods.ts';
import type { Message } from '../../types/message.ts';
import { recordOf, recordOfFields } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { messageFrom, targetOf } from '../messages/message-from.ts';
import { adoptGroup } from './adopt-group.ts';
import { memberOf } from './member.ts';

type GroupReply = ReplyOf<'group.get'>;
type MemberReply = ReplyOf<'group.setRole'>;

/** What owners and members do with a group once it is there. */
export function groupLife(context: EngineContext): EngineModule {
  const { conversations, emit, request, session } = context;

  const groupIn = async (reply: Promise<GroupReply>): Promise<{ group: Group }> => ({
    group: adoptGroup(context, (await reply).group),
  });

  async function memberIn(reply: Promise<MemberReply>): Promise<{ group: Group; member: GroupMember }> {
    const { group, member } = await reply;
    return { group: adoptGroup(context, group), member: memberOf(member) };
  }

  async function changeAttributes(body: RequestOf<'group.changeAttributes'>): Promise<GroupAttributes> {
    return (await request('group.changeAttributes', body)).attributes;
  }

  async function step({ groupID, key, value }: GroupCounterStep, sign: string): Promise<GroupCounterStep> {
    const add = { key, value: sign + value };
    // Added twice is not added once: so this is not repeated after a cut.
    const { counters } = await request('group.changeCounters', { groupID, add }, { once: true });
    return { groupID, key, value: Number(counters[key]) };
  }

  return {
    onEvent: {
      attributes(conversationID, { attributes: groupAttributes }) {
        emit('groupAttributesUpdated', { groupID: targetOf(conversationID), groupAttributes });
      },
      counters(conversationID, { counters }) {
        for (const [key, value] of Object.entries(counters))
          emit('onGroupCounterUpdated', { groupID: targetOf(conversationID), key, value: Number(value) });
      },
      pin(conversationID, { seq, isPinned, by }) {
        const tell = (message: Message): void =>
          emit('onPinnedGroupMessageUpdated', {
            groupID: targetOf(conversationID),
            isPinned,
            message,
            operatorInfo: context.profiles.card(by),
          });
        const held = conversations.message(conversationID, seq);
        if (held) return tell(held);
        request('message.history', { conversationID, limit: 1, before: seq + 1 }).then(
          ({ messages: [event] }) => {
            if (event?.seq === seq) tell(messageFrom(conversationID, event, session().userID));
          },
          (error: unknown) => context.logger.warn('Not everything could be read', { cause: String(error) }),
        );
      },
    },

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
            agree: handleAction === 'Agree',
            note,
          }),
        ),
      async getGroupApplicationList() {
        const { applications } = await request('group.applications', {});
        return { applicationList: applications.map(applicationView) };
      },
      getGroupOnlineMemberCount: (groupID) => request('group.onlineCount', { groupID }),
      async initGroupAttributes({ groupID, groupAttributes: attributes }) {
        return { groupAttributes: await changeAttributes({ groupID, action: 'init', attributes }) };
      },
      async setGroupAttributes({ groupID, groupAttributes }) {
        await changeAttributes({ groupID, action: 'set', attributes: groupAttributes });
        return { groupAttributes };
      },
      async deleteGroupAttributes({ groupID, keyList = [] }) {
        await changeAttributes({ groupID, action: 'delete', keys: keyList });
        return { keyList };
      },
      async getGroupAttributes({ groupID, keyList = [] }) {
        const { attributes } = await request('group.attributes', { groupID });
        const named = Object.entries(attributes).filter(
          ([key]) => keyList.length === 0 || keyList.includes(key),
        );
        return { groupAttributes: recordOf(named) };
      },
      async setGroupCounters({ groupID, counters }) {
        const set = recordOf(Object.entries(counters).map(([key, value]) => [key, String(value)]));
        return numbersIn(await request('group.changeCounters', { groupID, set }));
      },
      increaseGroupCounter: (options) => step(options, ''),
      decreaseGroupCounter: (options) => step(options, '-'),
      async getGroupCounters({ groupID, keyList = [] }) {
        const keys = keyList.length > 0 ? keyList : undefined;
        return numbersIn(await request('group.counters', { groupID, keys }));
      },
      pinGroupMessage: ({ groupID, message: { sequence: seq }, isPinned }) =>
        request('group.pinMessage', { groupID, seq, isPinned }),
      async getPinnedGroupMessageList(groupID) {
        const { messages } = await request('group.pinnedMessages', { groupID });
        const { userID } = session();
        return { messageList: messages.map((event) => messageFrom(`GROUP${groupID}`, event, userID)) };
      },
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
        memberIn(request('group.updateMember', { groupID, nameCard, userID: userID || undefined })),
      setGroupMemberCustomField({ groupID, memberCustomField, userID }) {
        const custom = recordOfFields(memberCustomField);
        return memberIn(request('group.updateMember', { groupID, custom, userID: userID || undefined }));
      },
    },
  };
}

function numbersIn({ counters }: ReplyOf<'group.counters'>): { counters: Record<string, number> } {
  return { counters: recordOf(Object.entries(counters).map(([key, value]) => [key, Number(value)])) };
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
  const groupID = payload?.groupProfile?.groupID;
  const userID = payload?.applicant;
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
