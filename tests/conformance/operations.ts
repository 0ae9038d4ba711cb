import type { ChatSDK, Message } from '@sterna/sdk';
import type { Kind } from './rules.ts';

/** Who there is in each group: Omar owns it, Ada and Abe are admins, Mia and Tess members; Olga and Nina are outside. */
export const PEOPLE = ['omar', 'ada', 'abe', 'mia', 'tess', 'olga', 'nina'] as const;
export type Person = (typeof PEOPLE)[number];
export const MEMBERS: readonly Person[] = ['omar', 'ada', 'abe', 'mia', 'tess'];
/** Who acts for a role. */
export const ACTORS = { owner: 'omar', admin: 'ada', member: 'mia', outsider: 'olga' } as const;

/** What of an operation that was allowed shows, and to whom. */
export interface Effects {
  /** The tip in the group, and who sees it: by default who is a member before and after. */
  tip?: Record<string, unknown> | undefined;
  /** `operationType` of the notice that each gets. */
  notices?: Partial<Record<Person, number>>;
  comes?: Person;
  goes?: readonly Person[];
}

export interface Operation {
  run(tim: ChatSDK, groupID: string, about: { message: Message }): Promise<unknown>;
  effects?(kind: Kind, actor: Person): Effects;
}

/** Kinds that show coming and going in the group. */
const showsMembership = (kind: Kind): boolean => kind === 'Private' || kind === 'Public';

const memberTip = (kind: Kind, operationType: number, userIDList: Person[], more = {}) =>
  showsMembership(kind)
    ? { operationType, userIDList, memberList: userIDList.map((userID) => ({ userID })), ...more }
    : undefined;

const profileTip = (newGroupProfile: object) => ({ operationType: 6, userIDList: [], newGroupProfile });

export const OPERATIONS = {
  rename: {
    run: (tim, groupID) => tim.updateGroupProfile({ groupID, name: 'new' }),
    effects: () => ({ tip: profileTip({ groupName: 'new' }) }),
  },
  'change texts': {
    run: (tim, groupID) =>
      tim.updateGroupProfile({ groupID, notification: 'n', introduction: 'i', avatar: 'https://a/b' }),
    effects: () => ({
      tip: profileTip({
        notification: 'n',
        introduction: 'i',
        avatar: 'https://a/b',
        faceUrl: 'https://a/b',
      }),
    }),
  },
  'mute all': {
    run: (tim, groupID) => tim.updateGroupProfile({ groupID, muteAllMembers: true }),
    effects: () => ({ tip: profileTip({ muteAllMembers: true }) }),
  },
  'hand over': {
    run: (tim, groupID) => tim.changeGroupOwner({ groupID, newOwnerID: 'tess' }),
    effects: () => ({ tip: profileTip({ ownerID: 'tess' }) }),
  },
  dismiss: {
    run: (tim, groupID) => tim.dismissGroup(groupID),
    effects: () => ({ notices: { omar: 5, ada: 5, abe: 5, mia: 5, tess: 5 }, goes: MEMBERS }),
  },
  quit: {
    run: (tim, groupID) => tim.quitGroup(groupID),
    effects: (kind, actor) => ({
      tip: memberTip(kind, 2, [actor], { memberCount: 4, memberNum: 4 }),
      notices: { [actor]: 8 },
      goes: [actor],
    }),
  },
  join: { run: (tim, groupID) => tim.joinGroup({ groupID }) },
  search: { run: (tim, groupID) => tim.searchGroupByID(groupID) },
  add: {
    run: (tim, groupID) => tim.addGroupMember({ groupID, userIDList: ['nina', 'tess', 'nobody'] }),
    effects: (kind) => ({
      tip: memberTip(kind, 1, ['nina'], { groupJoinType: 2, memberCount: 6, memberNum: 6 }),
      notices: { nina: 7 },
      comes: 'nina',
    }),
  },
  'remove a member': {
    run: (tim, groupID) => tim.deleteGroupMember({ groupID, userIDList: ['tess'], reason: 'spam' }),
    effects: (kind) => ({
      tip: memberTip(kind, 3, ['tess'], { reason: 'spam', memberCount: 4, memberNum: 4 }),
      notices: { tess: 4 },
      goes: ['tess'],
    }),
  },
  'remove an admin': {
    run: (tim, groupID) => tim.deleteGroupMember({ groupID, userIDList: ['abe'] }),
    effects: (kind) => ({ tip: memberTip(kind, 3, ['abe']), notices: { abe: 4 }, goes: ['abe'] }),
  },
  'remove the owner': { run: (tim, groupID) => tim.deleteGroupMember({ groupID, userIDList: ['omar'] }) },
  'mute a member': {
    run: (tim, groupID) => tim.setGroupMemberMuteTime({ groupID, userID: 'tess', muteTime: 60 }),
    effects: () => ({
      tip: { operationType: 7, userIDList: ['tess'], memberList: [{ userID: 'tess', muteTime: 60 }] },
    }),
  },
  'mute an admin': {
    run: (tim, groupID) => tim.setGroupMemberMuteTime({ groupID, userID: 'abe', muteTime: 60 }),
    effects: () => ({ tip: { operationType: 7, memberList: [{ userID: 'abe', muteTime: 60 }] } }),
  },
  promote: {
    run: (tim, groupID) => tim.setGroupMemberRole({ groupID, userID: 'tess', role: 'Admin' }),
    effects: () => ({ tip: { operationType: 4, userIDList: ['tess'] }, notices: { tess: 9 } }),
  },
  demote: {
    run: (tim, groupID) => tim.setGroupMemberRole({ groupID, userID: 'abe', role: 'Member' }),
    effects: () => ({ tip: { operationType: 5, userIDList: ['abe'] }, notices: { abe: 10 } }),
  },
  'name a member': {
    run: (tim, groupID) => tim.setGroupMemberNameCard({ groupID, userID: 'tess', nameCard: 'T' }),
  },
  'name oneself': { run: (tim, groupID) => tim.setGroupMemberNameCard({ groupID, nameCard: 'me' }) },
  'list members': { run: (tim, groupID) => tim.getGroupMemberList({ groupID }) },
  'read members': { run: (tim, groupID) => tim.getGroupMemberProfile({ groupID, userIDList: ['tess'] }) },
  'set attributes': {
    run: (tim, groupID) => tim.setGroupAttributes({ groupID, groupAttributes: { a: '1' } }),
  },
  'read attributes': { run: (tim, groupID) => tim.getGroupAttributes({ groupID, keyList: [] }) },
  count: { run: (tim, groupID) => tim.increaseGroupCounter({ groupID, key: 'k', value: 1 }) },
  pin: { run: (tim, groupID, { message }) => tim.pinGroupMessage({ groupID, message, isPinned: true }) },
  'recall what Tess said': { run: (tim, _groupID, { message }) => tim.revokeMessage(message) },
  send: {
    run: (tim, groupID) =>
      tim.sendMessage(
        tim.createTextMessage({ to: groupID, conversationType: 'GROUP', payload: { text: 'hi' } }),
      ),
  },
  remind: {
    run: (tim, groupID) => tim.setMessageRemindType({ groupID, messageRemindType: 'Discard' }),
  },
} satisfies Record<string, Operation>;
