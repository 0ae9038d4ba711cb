import type { EngineContext, EngineModule } from '../engine-module.ts';
import { adoptGroup } from '../groups/adopt-group.ts';
import { memberOf } from '../groups/member.ts';
import { messageAt } from '../messages/incoming.ts';

/** Results on a page, if the application does not say. */
const PAGE = 20;

interface Asked {
  keywordList?: string[] | undefined;
  keywordListMatchType?: 'or' | 'and' | undefined;
  count?: number | undefined;
  cursor?: string | undefined;
}

const asked = ({
  keywordList: keywords,
  keywordListMatchType: match,
  count: limit = PAGE,
  cursor,
}: Asked) => ({
  keywords,
  match,
  limit,
  cursor,
});

/** Looking for messages, people and groups on the server. */
export function search(context: EngineContext): EngineModule {
  const { nowMs, profiles, request } = context;
  return {
    methods: {
      async searchCloudMessages(options) {
        const { conversationID, senderUserIDList: senders, messageTypeList: types } = options;
        const { timePosition: timePositionS, timePeriod: timePeriodS } = options;
        const body = { ...asked(options), conversationID, senders, types, timePositionS, timePeriodS };
        const { total: totalCount, results, cursor } = await request('search.messages', body);
        const searchResultList = results.map(({ conversationID: id, count: messageCount, messages }) => ({
          conversationID: id,
          messageCount,
          messageList: messages.map((event) => messageAt(context, id, event)),
        }));
        return { totalCount, searchResultList, cursor };
      },

      async searchCloudUsers(options) {
        const { userGenderType: gender, miniBirthday: fromBirthday, maxBirthday: toBirthday } = options;
        const body = { ...asked(options), gender, fromBirthday, toBirthday };
        const { total: totalCount, users, cursor } = await request('search.users', body);
        return { totalCount, searchResultList: users.map((user) => profiles.adopt(user, nowMs())), cursor };
      },

      async searchCloudGroups(options) {
        const body = { ...asked(options), types: options.groupTypeList };
        const { total: totalCount, groups, cursor } = await request('search.groups', body);
        return { totalCount, searchResultList: groups.map((group) => adoptGroup(context, group)), cursor };
      },

      async searchCloudGroupMembers(options) {
        const body = { ...asked(options), groupIDs: options.groupIDList };
        const { total: totalCount, members, cursor } = await request('search.members', body);
        const searchResultList = members.map((member) =>
          Object.assign(memberOf(member), { groupID: member.groupID }),
        );
        return { totalCount, searchResultList, cursor };
      },
    },
  };
}
