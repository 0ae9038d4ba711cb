import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import type { Group, GroupApplication, GroupAttributes, GroupMember } from '../../types/group.ts';
import type { GroupCounterStep } from '../../types/group-methods.ts';
import type { IMResponse } from '../../types/result.ts';
import type { CustomField } from '../../types/values.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { messageFrom } from '../messages/message-from.ts';
import { memberOf } from './member.ts';

/** What owners and members do with a group once it is there. */
export function groupLife(context: EngineContext): EngineModule {
  const { groups: store, conversations, emit, outlet, request, session } = context;

  function adopt(info: ReplyOf<'group.get'>['group']): Group {
    const group = store.adopt(info, session().userID, true);
    outlet.groupsChanged();
    outlet.conversationsChanged();
    return group;
  }

  const groupReply = ({ group }: Pick<ReplyOf<'group.get'>, 'group'>): IMResponse<{ group: Group }> => ({
    code: 0,
    data: { group: adopt(group) },
  });

  function memberReply({
    group,
    member,
  }: ReplyOf<'group.setRole'>): IMResponse<{ group: Group; member: GroupMember }> {
    return { code: 0, data: { group: adopt(group), member: memberOf(member) } };
  }

  async function changeAttributes(body: RequestOf<'group.changeAttributes'>): Promise<GroupAttributes> {
    const { attributes } = await request('group.changeAttributes', body);
    return attributes;
  }

  const step =
    (sign: '' | '-') =>
    async ({ groupID, key, value }: GroupCounterStep): Promise<IMResponse<GroupCounterStep>> => {
      // Added twice is not added once: so this is not repeated after a cut.
      const { counters } = await request(
        'group.changeCounters',
        { groupID, add: { key, value: `${sign}${value}` } },
        { once: true },
      );
      return { code: 0, data: { groupID, key, value: Number(counters[key]) } };
    };

  const operator = (userID: string) => {
    const { nick, avatar } = context.profiles.of(userID);
    return { userID, nick, avatar };
  };

  return {
    onEvent: {
      attributes(conversationID, { attributes: groupAttributes }) {
        emit('groupAttributesUpdated', { groupID: conversationID.slice(5), groupAttributes });
      },
      counters(conversationID, { counters }) {
        const groupID = conversationID.slice(5);
        for (const [key, value] of Object.entries(counters))
          emit('onGroupCounterUpdated', { groupID, key, value: Number(value) });
      },
      pin(conversationID, { seq, isPinned, by }) {
        const message = conversations.find(conversationID)?.window.bySeq.get(seq);
        const tell = (found: NonNullable<typeof message>): void =>
          emit('onPinnedGroupMessageUpdated', {
            groupID: conversationID.slice(5),
            isPinned,
            message: found,
            operatorInfo: operator(by),
          });
        if (message) return tell(message);
        request('message.history', { conversationID, limit: 1, before: seq + 1 }).then(
          ({ messages }) => {
            const [event] = messages;
            if (event?.seq === seq) tell(messageFrom(conversationID, event, session().userID));
          },
          (error: unknown) =>
            context.logger.warn('A pinned message could not be read', { cause: String(error) }),
        );
      },
    },

    methods: {
      async updateGroupProfile({ groupID, groupCustomField, muteAllMembers: muteAll, ...fields }) {
        const changes: RequestOf<'group.update'>['changes'] = {
          ...fields,
          muteAll,
          custom: groupCustomField && fieldsOf(groupCustomField),
        };
        return groupReply(await request('group.update', { groupID, changes }));
      },
      async changeGroupOwner(options) {
        return groupReply(await request('group.changeOwner', options));
      },
      async searchGroupByID(groupID) {
        return groupReply(await request('group.search', { groupID }));
      },
      async handleGroupApplication({ handleAction, handleMessage = '', message, application }) {
        const { groupID, userID } = wishOf(message, application);
        return groupReply(
          await request('group.handleApplication', {
            groupID,
            userID,
            agree: handleAction === 'Agree',
            note: handleMessage,
          }),
        );
      },
      async getGroupApplicationList() {
        const { applications } = await request('group.applications', {});
        return { code: 0, data: { applicationList: applications.map(applicationView) } };
      },
      async getGroupOnlineMemberCount(groupID) {
        return { code: 0, data: await request('group.onlineCount', { groupID }) };
      },
      async initGroupAttributes({ groupID, groupAttributes: attributes }) {
        return {
          code: 0,
          data: { groupAttributes: await changeAttributes({ groupID, action: 'init', attributes }) },
        };
      },
      async setGroupAttributes({ groupID, groupAttributes: attributes }) {
        await changeAttributes({ groupID, action: 'set', attributes });
        return { code: 0, data: { groupAttributes: attributes } };
      },
      async deleteGroupAttributes({ groupID, keyList = [] }) {
        await changeAttributes({ groupID, action: 'delete', keys: keyList });
        return { code: 0, data: { keyList } };
      },
      async getGroupAttributes({ groupID, keyList = [] }) {
        const { attributes } = await request('group.attributes', { groupID });
        const named = Object.entries(attributes).filter(
          ([key]) => keyList.length === 0 || keyList.includes(key),
        );
        return { code: 0, data: { groupAttributes: recordOf(named) } };
      },
      async setGroupCounters({ groupID, counters }) {
        const set = recordOf(Object.entries(counters).map(([key, value]) => [key, String(value)]));
        const reply = await request('group.changeCounters', { groupID, set });
        return { code: 0, data: { counters: numbersOf(reply.counters) } };
      },
      increaseGroupCounter: step(''),
      decreaseGroupCounter: step('-'),
      async getGroupCounters({ groupID, keyList = [] }) {
        const { counters } = await request('group.counters', {
          groupID,
          ...(keyList.length > 0 && { keys: keyList }),
        });
        return { code: 0, data: { counters: numbersOf(counters) } };
      },
      async pinGroupMessage({ groupID, message, isPinned }) {
        await request('group.pinMessage', { groupID, seq: message.sequence, isPinned });
        return { code: 0, data: {} };
      },
      async getPinnedGroupMessageList(groupID) {
        const { messages } = await request('group.pinnedMessages', { groupID });
        const me = session().userID;
        return {
          code: 0,
          data: { messageList: messages.map((event) => messageFrom(`GROUP${groupID}`, event, me)) },
        };
      },
      async getGroupMemberProfile({ groupID, userIDList }) {
        // More than the service takes are dropped, as the original does.
        const { members } = await request('group.memberProfiles', {
          groupID,
          userIDs: userIDList.slice(0, 50),
        });
        return { code: 0, data: { memberList: members.map(memberOf) } };
      },
      async setGroupMemberMuteTime({ groupID, userID, muteTime: seconds }) {
        return memberReply(await request('group.muteMember', { groupID, userID, seconds }));
      },
      async setGroupMemberRole({ groupID, userID, role: wished }) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a role that cannot be given is refused by the server
        const role = wished as RequestOf<'group.setRole'>['role'];
        return memberReply(await request('group.setRole', { groupID, userID, role }));
      },
      async setGroupMemberNameCard({ groupID, nameCard, userID }) {
        return memberReply(
          await request('group.updateMember', { groupID, nameCard, ...(userID && { userID }) }),
        );
      },
      async setGroupMemberCustomField({ groupID, memberCustomField, userID }) {
        const custom = fieldsOf(memberCustomField);
        return memberReply(
          await request('group.updateMember', { groupID, custom, ...(userID && { userID }) }),
        );
      },
    },
  };
}

const fieldsOf = (fields: readonly CustomField[]): Record<string, string> =>
  recordOf(fields.map(({ key, value }) => [key, value]));

const numbersOf = (counters: Record<string, string>): Record<string, number> =>
  recordOf(Object.entries(counters).map(([key, value]) => [key, Number(value)]));

/** Whose wish is answered, by the notice that told of it or by the list. */
function wishOf(
  message: unknown,
  application: GroupApplication | undefined,
): { groupID: string; userID: string } {
  if (application)
    return { groupID: application.groupID, userID: application.userID || application.applicant };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: a notice, or an application's copy of one
  const payload = (message as { payload?: Record<string, unknown> } | undefined)?.payload ?? {};
  const { groupProfile, applicant } = payload;
  const groupID =
    typeof groupProfile === 'object' && groupProfile !== null && 'groupID' in groupProfile
      ? groupProfile.groupID
      : undefined;
  if (typeof groupID !== 'string' || typeof applicant !== 'string') {
    throw sdkError('parameterInvalid', 'name the notice, or the application');
  }
  return { groupID, userID: applicant };
}

function applicationView(one: ReplyOf<'group.applications'>['applications'][number]): GroupApplication {
  return {
    groupID: one.groupID,
    groupName: one.groupName,
    applicant: one.by,
    applicantNick: one.nick ?? '',
    applicationType: one.kind === 'apply' ? 0 : 2,
    userID: one.userID,
    note: one.note,
  };
}

/** What newer engines have as `Object.fromEntries`. */
function recordOf<Value>(pairs: readonly (readonly [string, Value])[]): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [key, value] of pairs) record[key] = value;
  return record;
}
