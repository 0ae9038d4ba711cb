import { describe, expect, test } from 'vitest';
import type { ChatSDK, Message } from '@sterna/sdk';
import type { Person } from './group-operation.ts';
import { type Kind, KINDS } from './group-rules.ts';
import { noticesOn, tipsOn } from './told.ts';
import { createTown, first, type Town } from './town.ts';

const timOf = (town: Town, userID: Person): ChatSDK => first(town.devices[userID]).tim;

/** Notices of each person since the mark, the same on both devices. */
function notices(town: Town, userID: Person): Record<string, unknown>[] {
  const [one, other] = town.devices[userID].map((device) => noticesOn(device));
  expect(other).toEqual(one);
  return (one ?? []) as unknown as Record<string, unknown>[];
}

const typesOf = (town: Town, userID: Person): unknown[] =>
  notices(town, userID).map(({ operationType }) => operationType);

function lastNotice(town: Town, userID: Person): Message {
  const told = first(town.devices[userID]).events.filter(({ name }) => name === 'receiveGroupSystemNotice');
  const last = told.at(-1);
  if (last === undefined) throw new Error(`${userID} has heard of nothing`);
  return (last.data as { message: Message }).message;
}

const isIn = async (town: Town, userID: Person, groupID: string): Promise<boolean> => {
  const { value } = await town.outcome(() => timOf(town, userID).getGroupList());
  return value?.data.groupList.some((group) => group.groupID === groupID) === true;
};

type Option = 'FreeAccess' | 'NeedPermission' | 'DisableApply';
const JOINING: [Kind, Option, string][] = [
  ['Private', 'FreeAccess', '10004'],
  ['Private', 'NeedPermission', '10004'],
  ['Private', 'DisableApply', '2601'],
  ...KINDS.filter((kind) => kind !== 'Private').flatMap((kind): [Kind, Option, string][] => [
    [kind, 'FreeAccess', 'JoinedSuccess'],
    [kind, 'NeedPermission', 'WaitAdminApproval'],
    [kind, 'DisableApply', '10007'],
  ]),
];

describe('joining', () => {
  const made = createTown(1);
  test.each(JOINING)('a %s with %s → %s', async (kind, joinOption, outcome) => {
    const town = await made;
    const { groupID } = await town.found(kind).then(async (found) => {
      const { code } = await town.outcome(() =>
        timOf(town, 'omar').updateGroupProfile({ groupID: found.groupID, joinOption }),
      );
      expect(code).toBe(outcome === '10004' ? 10004 : undefined);
      return found;
    });
    if (outcome === '10004') return;
    town.mark();
    const joined = await town.outcome(() =>
      timOf(town, 'olga').joinGroup({ groupID, applyMessage: 'hello' }),
    );
    expect(`${joined.code ?? joined.value?.data.status}`).toBe(outcome);
    const told = outcome === 'WaitAdminApproval' ? [1] : [];
    for (const userID of ['omar', 'ada', 'abe'] as const) expect(typesOf(town, userID)).toEqual(told);
    for (const userID of ['mia', 'olga', 'nina'] as const) expect(typesOf(town, userID)).toEqual([]);
    const tips = tipsOn(first(town.devices.mia), groupID);
    const showsTip = outcome === 'JoinedSuccess' && kind === 'Public';
    expect(tips).toMatchObject(
      showsTip ? [{ operationType: 1, userIDList: ['olga'], groupJoinType: 1 }] : [],
    );
    expect(await isIn(town, 'olga', groupID)).toBe(outcome === 'JoinedSuccess');
  });

  test.each(['Agree', 'Reject'] as const)('an application: %s', async (handleAction) => {
    const town = await made;
    const { groupID } = await town.found('Public');
    await town.outcome(() => timOf(town, 'olga').joinGroup({ groupID, applyMessage: 'hello' }));
    const [message, late] = [lastNotice(town, 'ada'), lastNotice(town, 'omar')];
    expect(message.payload).toMatchObject({
      operatorID: 'olga',
      handleMessage: 'hello',
      groupProfile: { groupID },
    });
    town.mark();
    const answer = (userID: Person, of: Message) =>
      town.outcome(() =>
        timOf(town, userID).handleGroupApplication({ handleAction, handleMessage: 'words', message: of }),
      );
    expect(await answer('mia', message)).toMatchObject({ code: 10007 });
    expect(await answer('ada', message)).toMatchObject({ value: { data: { group: { groupID } } } });
    expect(await answer('omar', late)).toMatchObject({ code: 10024 });
    const operationType = handleAction === 'Agree' ? 2 : 3;
    expect(notices(town, 'olga')).toMatchObject([
      { operationType, operatorID: 'ada', handleMessage: 'words' },
    ]);
    const tip = { operatorID: 'ada', operationType: 1, userIDList: ['olga'], groupJoinType: 1 };
    expect(tipsOn(first(town.devices.mia), groupID)).toMatchObject(handleAction === 'Agree' ? [tip] : []);
    expect(await isIn(town, 'olga', groupID)).toBe(handleAction === 'Agree');
  });
});

test.each(['agree', '', undefined, 'constructor', true])(
  'an application that is answered with %s waits on',
  async (handleAction) => {
    const town = await createTown(5);
    const { groupID } = await town.found('Public');
    await town.outcome(() => timOf(town, 'olga').joinGroup({ groupID }));
    const message = lastNotice(town, 'ada');
    town.mark();
    const answer = (action: unknown) =>
      timOf(town, 'ada').handleGroupApplication({ handleAction: action as 'Agree', message });
    const refused = answer(handleAction).catch((error: unknown) => error);
    await town.world.pass(1_200);
    expect(await refused).toMatchObject({ code: 10004 });
    expect(typesOf(town, 'olga')).toEqual([]);
    expect((await town.outcome(() => answer('Agree'))).code).toBeUndefined();
    expect(typesOf(town, 'olga')).toEqual([2]);
  },
);

type InviteOption = 'DisableInvite' | 'NeedPermission' | 'FreeAccess';
/** What becomes of an invitation by an ordinary member. */
const INVITING: [Kind, InviteOption, 'refused' | 'waits' | 'added'][] = KINDS.flatMap(
  (kind): [Kind, InviteOption, 'refused' | 'waits' | 'added'][] => [
    [kind, 'DisableInvite', 'refused'],
    [kind, 'NeedPermission', 'waits'],
    [kind, 'FreeAccess', 'added'],
  ],
);

describe('inviting', () => {
  const made = createTown(2);
  test.each(INVITING)('into a %s with %s: %s', async (kind, inviteOption, outcome) => {
    const town = await made;
    const { groupID } = await town.found(kind, { inviteOption });
    town.mark();
    const { code, value } = await town.outcome(() =>
      timOf(town, 'mia').addGroupMember({ groupID, userIDList: ['nina'] }),
    );
    expect(code).toBe(outcome === 'refused' ? 10007 : undefined);
    if (value) expect(value.data.successUserIDList).toEqual(outcome === 'added' ? ['nina'] : []);
    for (const userID of ['omar', 'ada', 'abe'] as const)
      expect(typesOf(town, userID)).toEqual(outcome === 'waits' ? [23] : []);
    expect(typesOf(town, 'nina')).toEqual(outcome === 'added' ? [7] : []);
    expect(await isIn(town, 'nina', groupID)).toBe(outcome === 'added');
  });

  test.each(['Agree', 'Reject'] as const)(
    'an invitation that waits for the admins: %s',
    async (handleAction) => {
      const town = await made;
      const { groupID } = await town.found('Public', { inviteOption: 'NeedPermission' });
      await town.outcome(() => timOf(town, 'mia').addGroupMember({ groupID, userIDList: ['nina'] }));
      const { value } = await town.outcome(() => timOf(town, 'ada').getGroupApplicationList());
      const application = value?.data.applicationList.find((one) => one.groupID === groupID);
      expect(application).toMatchObject({ applicationType: 2, applicant: 'mia', userID: 'nina' });
      town.mark();
      await town.outcome(() => timOf(town, 'ada').handleGroupApplication({ handleAction, application }));
      const isLetIn = handleAction === 'Agree';
      expect(typesOf(town, 'mia')).toEqual([isLetIn ? 13 : 14]);
      expect(typesOf(town, 'nina')).toEqual(isLetIn ? [7] : []);
      expect(await isIn(town, 'nina', groupID)).toBe(isLetIn);
    },
  );
});

describe('inviting where the app wants the invited to agree', () => {
  const made = createTown(3, { invitationsNeedConsent: true });

  test('Work groups never ask', async () => {
    const town = await made;
    const { groupID } = await town.found('Private');
    town.mark();
    await town.outcome(() => timOf(town, 'mia').addGroupMember({ groupID, userIDList: ['nina'] }));
    expect(typesOf(town, 'nina')).toEqual([7]);
  });

  test.each(['Agree', 'Reject'] as const)('the invited answers: %s', async (handleAction) => {
    const town = await made;
    const { groupID } = await town.found('Public');
    town.mark();
    const invited = await town.outcome(() =>
      timOf(town, 'ada').addGroupMember({ groupID, userIDList: ['nina'] }),
    );
    expect(invited.value?.data.successUserIDList).toEqual([]);
    expect(notices(town, 'nina')).toMatchObject([
      { operationType: 12, operatorID: 'ada', inviter: 'ada', groupProfile: { groupID } },
    ]);
    const message = lastNotice(town, 'nina');
    const mine = await town.outcome(() => timOf(town, 'nina').getGroupApplicationList());
    expect(mine.value?.data.applicationList).toMatchObject([{ groupID, applicationType: 2, userID: 'nina' }]);
    const admins = await town.outcome(() => timOf(town, 'omar').getGroupApplicationList());
    expect(admins.value?.data.applicationList).toEqual([]);
    const answer = (userID: Person) =>
      town.outcome(() => timOf(town, userID).handleGroupApplication({ handleAction, message }));
    expect(await answer('omar')).toMatchObject({ code: 10007 });
    town.mark();
    expect((await answer('nina')).code).toBeUndefined();
    expect(await answer('nina')).toMatchObject({ code: 10024 });
    const isIn12 = handleAction === 'Agree';
    expect(notices(town, 'ada')).toMatchObject([{ operationType: isIn12 ? 13 : 14, operatorID: 'nina' }]);
    const tip = { operatorID: 'ada', operationType: 1, userIDList: ['nina'], groupJoinType: 2 };
    expect(tipsOn(first(town.devices.mia), groupID)).toMatchObject(isIn12 ? [tip] : []);
    expect(await isIn(town, 'nina', groupID)).toBe(isIn12);
  });

  test('admins approve first, then the invited agrees', async () => {
    const town = await made;
    const { groupID } = await town.found('Public', { inviteOption: 'NeedPermission' });
    town.mark();
    await town.outcome(() => timOf(town, 'mia').addGroupMember({ groupID, userIDList: ['nina'] }));
    expect([typesOf(town, 'ada'), typesOf(town, 'nina')]).toEqual([[23], []]);
    const approval = lastNotice(town, 'ada');
    await town.outcome(() =>
      timOf(town, 'ada').handleGroupApplication({ handleAction: 'Agree', message: approval }),
    );
    expect([typesOf(town, 'mia'), typesOf(town, 'nina')]).toEqual([[], [12]]);
    const message = lastNotice(town, 'nina');
    await town.outcome(() => timOf(town, 'nina').handleGroupApplication({ handleAction: 'Agree', message }));
    expect(typesOf(town, 'mia')).toEqual([13]);
    expect(await isIn(town, 'nina', groupID)).toBe(true);
  });
});

describe('the system conversation', () => {
  test('keeps the notices in order, counts them as unread, and is read on all devices', async () => {
    const town = await createTown(4);
    await town.found('Public');
    await town.found('Private');
    const conversationID = '@TIM#SYSTEM';
    for (const device of town.devices.tess) {
      const { value } = await town.outcome(() => device.tim.getMessageList({ conversationID }));
      expect(value?.data.messageList.map(({ payload }) => payload)).toMatchObject([
        { operationType: 7, groupProfile: { groupID: 'g1', groupName: 'old', type: 'Public' } },
        { operationType: 7, groupProfile: { groupID: 'g2', groupName: 'old', type: 'Private' } },
      ]);
    }
    const unread = async () =>
      Promise.all(
        town.devices.tess.map(async ({ tim }) => {
          const { data } = await tim.getConversationList([conversationID]);
          return data.conversationList[0]?.unreadCount;
        }),
      );
    expect(await unread()).toEqual([2, 2]);
    await town.outcome(() => timOf(town, 'tess').setMessageRead({ conversationID }));
    expect(await unread()).toEqual([0, 0]);
    const [own] = [timOf(town, 'omar').getMessageList({ conversationID })];
    await town.world.pass(1_000);
    expect((await own).data.messageList.map(({ payload }) => payload)).toMatchObject([
      { operationType: 6, groupProfile: { groupID: 'g1' } },
      { operationType: 6, groupProfile: { groupID: 'g2' } },
    ]);
  });
});
