import type { Message } from '@sterna/sdk';
import { expect } from 'vitest';
import type { Device } from '../sdk/world.ts';
import { type Effects, MEMBERS, PEOPLE, type Person, type Scene } from './group-operation.ts';
import { isListed, isLive } from './group-rules.ts';
import type { Town } from './town.ts';

/** Events that say something of a group beside tips, notices and lists. */
const EVENTS: ReadonlySet<string> = new Set([
  'groupAttributesUpdated',
  'onGroupCounterUpdated',
  'onPinnedGroupMessageUpdated',
  'onMessageRevoked',
  'onMessageModified',
  'onTopicCreated',
  'onTopicUpdated',
  'onTopicDeleted',
]);

/** The tips of a group that a device has heard of since the mark. */
export const tipsOn = ({ events }: Device, groupID: string): unknown[] =>
  heard(events).flatMap(({ type, conversationID, payload }) =>
    type === 'TIMGroupTipElem' && conversationID === `GROUP${groupID}` ? [payload] : [],
  );

/** The notices that a device has heard of since the mark. */
export const noticesOn = ({ events }: Device): { operationType: number }[] =>
  heard(events).flatMap(({ type, conversationID, payload }) =>
    type === 'TIMGroupSystemNoticeElem' && conversationID === '@TIM#SYSTEM' ? [payload as never] : [],
  );

const heard = (events: Device['events']): Message[] =>
  events.flatMap(({ name, data }) => (name === 'onMessageReceived' ? (data as Message[]) : []));

/** What else a device has heard of since the mark; messages one by one. */
const eventsOn = ({ events }: Device): { name: string; data: unknown }[] =>
  events.flatMap(({ name, data }) => {
    if (name === 'onMessageReceived')
      return (data as Message[])
        .filter(({ type }) => type !== 'TIMGroupTipElem' && type !== 'TIMGroupSystemNoticeElem')
        .map((message) => ({ name, data: message }));
    if (name === 'onMessageRevoked') return (data as Message[]).map((message) => ({ name, data: message }));
    return EVENTS.has(name) ? [{ name, data }] : [];
  });

/** Whether a device is told of the group: those of members, but of a live room the one that came in. */
function isThere(scene: Scene, { comes, goes = [] }: Effects, userID: Person, index: number): boolean {
  if (goes.includes(userID)) return false;
  return MEMBERS.includes(userID) || (userID === comes && (index === 0 || !isLive(scene.kind)));
}

/** What everybody must have heard, on each device once: tips in the order of the group, notices in that of the user. */
export function requireTold(town: Town, scene: Scene, effects: Effects): void {
  const { groupID, type, actor } = { ...scene, type: town.typeOf(scene.kind) };
  const { tip, notices = {}, events = [] } = effects;
  for (const userID of PEOPLE) {
    const operationType = notices[userID];
    const noticed = operationType ? [{ operationType, operatorID: actor, groupProfile: { groupID } }] : [];
    for (const [index, device] of town.devices[userID].entries()) {
      const whose = `${userID}’s device ${index + 1}`;
      const there = isThere(scene, effects, userID, index);
      const shown = { operatorID: actor, operatorInfo: { userID: actor }, groupProfile: { groupID, type } };
      const isCaller = userID === actor && index === 0;
      const told = there ? events.filter(({ exceptCaller }) => !(exceptCaller && isCaller)) : [];
      requireSame(tipsOn(device, groupID), there && tip ? [{ ...shown, ...tip }] : [], `tips on ${whose}`);
      requireSame(noticesOn(device), noticed, `notices on ${whose}`);
      requireSame(
        eventsOn(device),
        told.map(({ name, data }) => ({ name, data })),
        `events on ${whose}`,
      );
    }
  }
}

function requireSame(found: readonly unknown[], expected: readonly object[], what: string): void {
  expect(found, what).toMatchObject(expected);
  expect(found, what).toHaveLength(expected.length);
}

/** Who has the group in the list, on all devices. */
export function requireListed(
  town: Town,
  { groupID, kind }: Scene,
  { comes, goes = [], listed = {} }: Effects,
): void {
  for (const userID of PEOPLE) {
    const isIn = (MEMBERS.includes(userID) || userID === comes) && !goes.includes(userID);
    for (const { events } of town.devices[userID]) {
      const lists = events.filter(({ name }) => name === 'onGroupListUpdated');
      const last = lists.at(-1)?.data as { groupID: string }[] | undefined;
      const hasChanged = isListed(kind) && (userID === comes || goes.includes(userID));
      const shown = isIn ? listed[userID] : undefined;
      const isToHear = hasChanged || (isListed(kind) && shown !== undefined);
      if (isToHear) expect(lists.length, `${userID} hears of the list`).toBeGreaterThan(0);
      const group = last?.find((one) => one.groupID === groupID);
      if (shown && group) expect(group, `${userID}’s list`).toMatchObject(shown);
      if (last) expect(group !== undefined, `${userID}’s list`).toBe(isIn && isListed(kind));
    }
  }
}
