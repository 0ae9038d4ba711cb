import { allModules, signaling } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { history, logIn, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const EVENTS = [
  'newInvitationReceived',
  'ts_invitee_accepted',
  'ts_invitee_rejected',
  'ts_invitation_cancelled',
  'ts_invitation_timeout',
  'ts_invitation_modified',
] as const;

interface Party {
  device: Device;
  /** What signaling told, shortly: the event, and of whom or what it is. */
  rings: { name: string; data: Record<string, unknown> }[];
}

function party(world: World): Party {
  const device = world.device();
  const rings: Party['rings'] = [];
  for (const name of EVENTS)
    device.tim.addSignalingListener(name, (event) =>
      rings.push({ name: event.name, data: { ...event.data } }),
    );
  return { device, rings };
}

const names = ({ rings }: Party): string[] => rings.map(({ name }) => name);

/** Ann on two devices, Ben on two, and Cat; with `group` all of them are in `tea`. */
async function meet(seed: number, group = false) {
  const world = createWorld(seed, { webInstances: 3, domains: [...allModules, signaling] });
  const parties = {
    ann: party(world),
    ann2: party(world),
    ben: party(world),
    ben2: party(world),
    cat: party(world),
  };
  for (const [name, { device }] of Object.entries(parties)) await logIn(world, device, name.slice(0, 3));
  if (group) {
    const memberList = [{ userID: 'ben' }, { userID: 'cat' }];
    await settle(
      world,
      parties.ann.device.tim.createGroup({ name: 'tea', groupID: 'tea', type: 'Public', memberList }),
    );
  }
  return { world, ...parties };
}

const invite = async (world: World, from: Party, more: object = {}): Promise<string> =>
  (await settle(world, from.device.tim.invite({ userID: 'ben', data: 'call', timeout: 30, ...more }))).data
    .inviteID;

test('an invitation rings on all devices of the invitee and on none of the inviter; it is a message too', async () => {
  const { world, ann, ann2, ben, ben2, cat } = await meet(1);
  const inviteID = await invite(world, ann);
  const data = { inviteID, inviter: 'ann', groupID: '', inviteeList: ['ben'], data: 'call' };
  for (const device of [ben, ben2]) expect(device.rings).toEqual([{ name: 'newInvitationReceived', data }]);
  for (const device of [ann, ann2, cat]) expect(device.rings).toEqual([]);
  expect(told(ann.device, 'onMessageReceived')).toEqual([]);
  expect(told(ann2.device, 'onMessageReceived')).toHaveLength(1);
  const [message] = await history(world, ben.device, 'C2Cann');
  expect(message?.type).toBe('TIMCustomElem');
  const signal = {
    inviteID,
    inviter: 'ann',
    inviteeList: ['ben'],
    groupID: '',
    data: 'call',
    actionType: 1,
    timeout: 30,
  };
  expect(message && ben.device.tim.getSignalingInfo(message)).toEqual(signal);
  const payload = message?.payload as { data: string } | undefined;
  expect(JSON.parse(payload?.data ?? '')).toEqual({ businessID: 1, ...signal });
  expect((await shown(world, ben.device, 'C2Cann'))?.unreadCount).toBe(1);
});

test.each([
  ['accept', 'ts_invitee_accepted'],
  ['reject', 'ts_invitee_rejected'],
] as const)(
  '%s: the inviter hears it everywhere, the other device of the invitee stops ringing',
  async (method, event) => {
    const { world, ann, ann2, ben, ben2 } = await meet(2);
    const inviteID = await invite(world, ann);
    const taken = await settle(world, ben.device.tim[method]({ inviteID, data: 'so be it' }));
    expect(taken.data.inviteID).toBe(inviteID);
    const data = { inviteID, invitee: 'ben', groupID: '', data: 'so be it' };
    for (const device of [ann, ann2, ben2]) expect(device.rings.at(-1)).toEqual({ name: event, data });
    expect(names(ben)).toEqual(['newInvitationReceived']);
    await expect(settle(world, ben2.device.tim.accept({ inviteID }))).rejects.toMatchObject({ code: 8012 });
    await expect(settle(world, ann.device.tim.cancel({ inviteID }))).rejects.toMatchObject({ code: 8012 });
    await world.pass(40_000);
    expect(names(ann)).toEqual([event]);
    // What was refused is no message of mine.
    expect(await history(world, ann.device, 'C2Cben')).toHaveLength(2);
  },
);

test('a cancel, by another device of the inviter', async () => {
  const { world, ann, ann2, ben } = await meet(3);
  const inviteID = await invite(world, ann);
  await settle(world, ann2.device.tim.cancel({ inviteID, data: 'sorry' }));
  const data = { inviteID, inviter: 'ann', groupID: '', inviteeList: ['ben'], data: 'sorry' };
  expect(ben.rings.at(-1)).toEqual({ name: 'ts_invitation_cancelled', data });
  expect(names(ann)).toEqual(['ts_invitation_cancelled']);
  await expect(settle(world, ben.device.tim.accept({ inviteID }))).rejects.toMatchObject({ code: 8012 });
});

test('accept and cancel at the same time: one is refused, and all devices agree on the other', async () => {
  const outcomes = new Set<string>();
  for (let seed = 10; seed < 16; seed++) {
    const { world, ann, ann2, ben, ben2 } = await meet(seed);
    const inviteID = await invite(world, ann);
    const cancel = ann.device.tim.cancel({ inviteID }).then(
      () => 'done',
      (error: { code: number }) => error.code,
    );
    await world.pass(seed % 3);
    const accept = ben.device.tim.accept({ inviteID }).then(
      () => 'done',
      (error: { code: number }) => error.code,
    );
    await world.pass(2000);
    const results = [await cancel, await accept];
    expect(new Set(results)).toEqual(new Set([8012, 'done']));
    const winner = results[0] === 'done' ? 'ts_invitation_cancelled' : 'ts_invitee_accepted';
    for (const device of [ann2, ben2]) expect(names(device).at(-1)).toBe(winner);
    expect([...names(ann), ...names(ben).slice(1)]).toEqual([winner]);
    outcomes.add(winner);
  }
  expect(outcomes.size).toBeGreaterThan(0);
});

test('a timeout is told by the server to everybody at its time, though the inviter is gone', async () => {
  const { world, ann, ann2, ben, ben2 } = await meet(4);
  const inviteID = await invite(world, ann, { timeout: 20 });
  ann.device.setReachable(false);
  ann.device.cut();
  await world.pass(17_000);
  expect([names(ann2), names(ben)]).toEqual([[], ['newInvitationReceived']]);
  await world.pass(2_500);
  const data = { inviteID, inviter: 'ann', groupID: '', inviteeList: ['ben'], data: 'call' };
  const event = (isSelfTimeout: boolean) => ({
    name: 'ts_invitation_timeout',
    data: { ...data, isSelfTimeout },
  });
  expect(ann2.rings).toEqual([event(false)]);
  for (const device of [ben, ben2]) expect(device.rings.slice(1)).toEqual([event(true)]);
  ann.device.setReachable(true);
  await world.pass(60_000);
  expect(ann.rings).toEqual([event(false)]);
});

test('a device that begins rings for what waits, and not for what is over', async () => {
  const { world, ann, ben } = await meet(5);
  const lost = await invite(world, ann, { timeout: 1 });
  const waits = await invite(world, ann, { data: 'still' });
  await settle(world, ben.device.tim.setMessageRead({ conversationID: 'C2Cann' }));
  const late = party(world);
  await logIn(world, late.device, 'ben');
  expect(late.rings.map(({ data }) => data['inviteID'])).toEqual([waits]);
  expect(lost).not.toBe(waits);
  await settle(world, late.device.tim.accept({ inviteID: waits }));
  expect(names(ann).at(-1)).toBe('ts_invitee_accepted');
});

test('a device that was away learns in order what happened, and does not ring in vain', async () => {
  const { world, ann, ben, ben2 } = await meet(6);
  const cut = (reachable: boolean): void => {
    ben2.device.setReachable(reachable);
    if (!reachable) ben2.device.cut();
  };
  cut(false);
  const inviteID = await invite(world, ann, { timeout: 300 });
  await settle(world, ben.device.tim.reject({ inviteID }));
  await invite(world, ann, { timeout: 2 });
  await world.pass(20_000);
  cut(true);
  await world.pass(30_000);
  expect(names(ben2)).toEqual(['newInvitationReceived', 'ts_invitee_rejected', 'ts_invitation_timeout']);
});

test('for users online only: no message is stored; whoever missed the end learns it at the next connection', async () => {
  const { world, ann, ben, ben2 } = await meet(7);
  const inviteID = await invite(world, ann, { onlineUserOnly: true, timeout: 100 });
  expect(names(ben2)).toEqual(['newInvitationReceived']);
  ben2.device.setReachable(false);
  ben2.device.cut();
  await settle(world, ben.device.tim.accept({ inviteID, data: 'yes' }));
  expect(ann.rings).toEqual([
    { name: 'ts_invitee_accepted', data: { inviteID, invitee: 'ben', groupID: '', data: 'yes' } },
  ]);
  expect(names(ben2)).toEqual(['newInvitationReceived']);
  ben2.device.setReachable(true);
  await world.pass(30_000);
  expect(ben2.rings.at(-1)).toEqual(ann.rings[0]);
  expect(await history(world, ann.device, 'C2Cben')).toEqual([]);
  await expect(settle(world, ann.device.tim.modifyInvitation({ inviteID, data: 'x' }))).rejects.toMatchObject(
    { code: 2481 },
  );
});

test('modified: the invitee hears the new data, and a device that begins later gets it', async () => {
  const { world, ann, ben, cat } = await meet(8);
  const inviteID = await invite(world, ann, { timeout: 0 });
  await settle(world, ann.device.tim.modifyInvitation({ inviteID, data: 'video' }));
  expect(ben.rings.at(-1)).toMatchObject({
    name: 'ts_invitation_modified',
    data: { inviteID, data: 'video' },
  });
  expect(names(ann)).toEqual([]);
  const late = party(world);
  await logIn(world, late.device, 'ben');
  expect(late.rings).toMatchObject([{ data: { inviteID, data: 'video' } }]);
  await expect(settle(world, cat.device.tim.modifyInvitation({ inviteID, data: 'x' }))).rejects.toMatchObject(
    {
      code: 8010,
    },
  );
});

test('in a group: each for themselves, the rest by a cancel', async () => {
  const { world, ann, ben, ben2, cat } = await meet(9, true);
  const sent = ann.device.tim.inviteInGroup({
    groupID: 'tea',
    inviteeList: ['ben', 'cat'],
    data: 'g',
    timeout: 30,
  });
  const { inviteID } = (await settle(world, sent)).data;
  for (const device of [ben, ben2, cat]) expect(names(device)).toEqual(['newInvitationReceived']);
  await settle(world, ben.device.tim.accept({ inviteID }));
  await settle(world, ann.device.tim.cancel({ inviteID }));
  expect(names(cat)).toEqual(['newInvitationReceived', 'ts_invitee_accepted', 'ts_invitation_cancelled']);
  await expect(settle(world, cat.device.tim.accept({ inviteID }))).rejects.toMatchObject({ code: 8012 });
  const stranger = ann.device.tim.inviteInGroup({ groupID: 'tea', inviteeList: ['dan'] });
  await expect(settle(world, stranger)).rejects.toMatchObject({ code: 2623 });
});

test('who has left the group before the time was over does not ring on, nor where the group is gone', async () => {
  const { world, ann, ben, cat } = await meet(14, true);
  const inviteeList = ['ben', 'cat'];
  const call = ann.device.tim.inviteInGroup({ groupID: 'tea', inviteeList, data: 'g', timeout: 30 });
  const { inviteID } = (await settle(world, call)).data;
  await settle(world, ann.device.tim.deleteGroupMember({ groupID: 'tea', userIDList: ['ben'] }));
  await world.pass(35_000);
  const data = { inviteID, inviter: 'ann', groupID: 'tea', inviteeList, data: 'g' };
  const end = (isSelfTimeout: boolean) => ({
    name: 'ts_invitation_timeout',
    data: { ...data, isSelfTimeout },
  });
  expect(ann.rings).toEqual([end(false)]);
  for (const device of [ben, cat]) expect(device.rings.slice(1)).toEqual([end(true)]);
  const last = { groupID: 'tea', inviteeList: ['cat'], timeout: 30 };
  await settle(world, ann.device.tim.inviteInGroup(last));
  await settle(world, ann.device.tim.dismissGroup('tea'));
  await world.pass(35_000);
  expect(names(ann)).toEqual(['ts_invitation_timeout', 'ts_invitation_timeout']);
  expect(names(cat).slice(2)).toEqual(['newInvitationReceived', 'ts_invitation_timeout']);
});

test('who has left the group hears at once that a call without a time was cancelled', async () => {
  const { world, ann, ben, ben2, cat } = await meet(15, true);
  const call = ann.device.tim.inviteInGroup({ groupID: 'tea', inviteeList: ['ben', 'cat'], data: 'g' });
  const { inviteID } = (await settle(world, call)).data;
  await settle(world, ben.device.tim.quitGroup('tea'));
  await settle(world, ann.device.tim.cancel({ inviteID, data: 'sorry' }));
  const data = { inviteID, inviter: 'ann', groupID: 'tea', inviteeList: ['ben', 'cat'], data: 'sorry' };
  for (const device of [ben, ben2, cat])
    expect(device.rings.slice(1)).toEqual([{ name: 'ts_invitation_cancelled', data }]);
});

test('an argument of a wrong type is refused, and sends nothing', async () => {
  const { world, ann, ben, cat } = await meet(16, true);
  const { inviteID } = (
    await settle(world, ann.device.tim.inviteInGroup({ groupID: 'tea', inviteeList: ['ben'] }))
  ).data;
  const mine = await invite(world, ann);
  const wrong: [
    Party,
    'invite' | 'inviteInGroup' | 'cancel' | 'modifyInvitation' | 'accept' | 'reject',
    object,
  ][] = [
    [ann, 'invite', { userID: 'ben', timeout: 'x' }],
    [ann, 'invite', { userID: 'ben', timeout: -1 }],
    [ann, 'invite', { userID: 'ben', timeout: 0.5 }],
    [ann, 'invite', { userID: 'ben', data: {} }],
    [ann, 'inviteInGroup', { groupID: 'tea', inviteeList: 'ben' }],
    [ann, 'inviteInGroup', { groupID: 'tea', inviteeList: [] }],
    [ann, 'inviteInGroup', { groupID: 'tea', inviteeList: ['ben', 5] }],
    [ann, 'inviteInGroup', { groupID: 'tea', inviteeList: ['ben'], data: 5 }],
    [ann, 'cancel', { inviteID, data: {} }],
    [ann, 'cancel', { inviteID: {} }],
    [ann, 'cancel', {}],
    [ann, 'modifyInvitation', { inviteID: mine, data: {} }],
    [ben, 'accept', { inviteID, data: {} }],
    [ben, 'reject', { inviteID, data: 5 }],
  ];
  const before = (await history(world, cat.device, 'GROUPtea')).length;
  const codes = await Promise.all(
    wrong.map(([{ device }, name, options]) =>
      settle(world, device.tim[name](options as never)).then(
        () => 0,
        (error: { code: number }) => error.code,
      ),
    ),
  );
  expect(codes).toEqual(wrong.map(() => 10004));
  expect(await history(world, cat.device, 'GROUPtea')).toHaveLength(before);
  expect(await history(world, ben.device, 'C2Cann')).toHaveLength(1);
  await settle(world, ben.device.tim.accept({ inviteID }));
});

test('the callback flavour gives the ID at once, and reports', async () => {
  const { world, ann, ben } = await meet(20);
  const reports: unknown[] = [];
  const id = ann.device.tim.inviteSync({ userID: 'ben' }, ({ data }) => reports.push(data.inviteID));
  const refused = ann.device.tim.inviteSync({ userID: 'nobody' }, undefined, ({ code }) =>
    reports.push(code),
  );
  await world.pass(2000);
  expect(reports).toEqual([id, 20003]);
  expect(refused).not.toBe(id);
  party(world).device.tim.inviteSync({ userID: 'ben' }, undefined, ({ code }) => reports.push(code));
  await world.pass(1);
  expect(reports.at(-1)).toBe(2024);
  expect(ben.rings[0]?.data['inviteID']).toBe(id);
});

test('data that asks for it keeps steps out of unread and previews, the timeout too', async () => {
  const { world, ann, ben } = await meet(21);
  const data = JSON.stringify({ cmd: 'x', excludeFromHistoryMessage: true });
  await invite(world, ann, { data, timeout: 2 });
  await world.pass(2000);
  expect(names(ben)).toEqual(['newInvitationReceived', 'ts_invitation_timeout']);
  const conversation = await shown(world, ben.device, 'C2Cann');
  expect([conversation?.unreadCount, conversation?.lastMessage.lastTime]).toEqual([0, 0]);
  expect((await history(world, ben.device, 'C2Cann')).length).toBe(2);
});

test('a library that speaks the published JSON by ordinary messages is understood, and held to the same rules', async () => {
  const { world, ann, ben } = await meet(22);
  const step = (device: Device, to: string, signal: object) =>
    settle(
      world,
      device.tim.sendMessage(
        device.tim.createCustomMessage({
          to,
          conversationType: 'C2C',
          payload: { data: JSON.stringify(signal), description: '', extension: '' },
        }),
      ),
    );
  const old = { inviteID: 'by an old one', inviter: 'ann', inviteeList: ['ben'], data: '{}', timeout: 30 };
  await step(ann.device, 'ben', { ...old, actionType: 1 });
  expect(ben.rings).toMatchObject([{ name: 'newInvitationReceived', data: { inviteID: 'by an old one' } }]);
  await settle(world, ben.device.tim.accept({ inviteID: old.inviteID }));
  const received = told(ann.device, 'onMessageReceived').flat() as { payload: { data: string } }[];
  expect(JSON.parse(received.at(-1)?.payload.data ?? '')).toMatchObject({
    inviteID: old.inviteID,
    actionType: 3,
  });
  await expect(step(ann.device, 'ben', { ...old, actionType: 2 })).rejects.toMatchObject({ code: 8012 });
});

test('a listener that is removed hears nothing; one that throws stops no other', async () => {
  const { world, ann, ben } = await meet(23);
  const heard: string[] = [];
  const listener = ({ name }: { name: string }): void => void heard.push(name);
  ben.device.tim.addSignalingListener('newInvitationReceived', listener);
  await invite(world, ann);
  ben.device.tim.removeSignalingListener('newInvitationReceived', listener);
  await invite(world, ann);
  expect([heard.length, ben.rings.length]).toEqual([1, 2]);
});
