import { first, leave } from './town.ts';
import { isLive, type Kind } from './group-rules.ts';
import {
  type Effects,
  MEMBERS,
  type Operations,
  type Person,
  type Scene,
  toAll,
  words,
} from './group-operation.ts';

/** Kinds that show coming and going in the group. */
const showsMembership = (kind: Kind): boolean =>
  kind === 'Private' || kind === 'Public' || kind === 'AVChatRoom';

const memberTip = ({ kind }: Scene, operationType: number, userIDList: Person[], more = {}) =>
  showsMembership(kind)
    ? { operationType, userIDList, memberList: userIDList.map((userID) => ({ userID })), ...more }
    : undefined;

const profileTip = (newGroupProfile: object) => ({ operationType: 6, userIDList: [], newGroupProfile });

/** How many there are afterwards, under both names. */
const counted = (memberCount: number) => ({ memberCount, memberNum: memberCount });

const LIFE = {
  rename: {
    run: (tim, { groupID }) => tim.updateGroupProfile({ groupID, name: 'new' }),
    effects: ({ groupID }) => ({
      tip: profileTip({ groupName: 'new' }),
      answer: { group: { groupID, name: 'new' } },
      listed: toAll({ name: 'new' }),
    }),
  },
  'change texts': {
    run: (tim, { groupID }) =>
      tim.updateGroupProfile({ groupID, notification: 'n', introduction: 'i', avatar: 'https://a/b' }),
    effects: () => ({
      tip: profileTip({
        notification: 'n',
        introduction: 'i',
        avatar: 'https://a/b',
        faceUrl: 'https://a/b',
      }),
      listed: toAll({ notification: 'n', introduction: 'i', avatar: 'https://a/b' }),
    }),
  },
  'change custom fields': {
    run: (tim, { groupID }) =>
      tim.updateGroupProfile({ groupID, groupCustomField: [{ key: 'k', value: 'v' }] }),
    effects: () => ({
      tip: profileTip({ groupCustomField: [{ key: 'k', value: 'v' }] }),
      listed: toAll({ groupCustomField: [{ key: 'k', value: 'v' }] }),
    }),
  },
  'mute all': {
    run: (tim, { groupID }) => tim.updateGroupProfile({ groupID, muteAllMembers: true }),
    effects: () => ({ tip: profileTip({ muteAllMembers: true }), listed: toAll({ muteAllMembers: true }) }),
  },
  'change nothing': {
    isRepeatable: true,
    run: (tim, { groupID }) =>
      tim.updateGroupProfile({ groupID, name: 'old', introduction: '', groupCustomField: [] }),
    effects: ({ groupID }) => ({ answer: { group: { groupID, name: 'old' } } }),
  },
  'change one of two': {
    run: (tim, { groupID }) => tim.updateGroupProfile({ groupID, name: 'old', notification: 'n' }),
    effects: () => ({
      tip: { ...profileTip({ notification: 'n' }) },
      listed: toAll({ name: 'old', notification: 'n' }),
    }),
  },
  'hand over': {
    run: (tim, { groupID }) => tim.changeGroupOwner({ groupID, newOwnerID: 'tess' }),
    effects: () => ({
      tip: profileTip({ ownerID: 'tess' }),
      answer: { group: { ownerID: 'tess' } },
      listed: toAll({ ownerID: 'tess' }),
    }),
  },
  'hand over to oneself': {
    isRepeatable: true,
    run: (tim, { groupID, actor }) => tim.changeGroupOwner({ groupID, newOwnerID: actor }),
  },
  dismiss: {
    run: (tim, { groupID }) => tim.dismissGroup(groupID),
    effects: ({ groupID }) => ({
      notices: { omar: 5, ada: 5, abe: 5, mia: 5, tess: 5 },
      goes: MEMBERS,
      answer: { groupID },
    }),
  },
  quit: {
    // A session is in a live room by itself: its user has gone with the last.
    prepare: async (town, scene) => {
      if (isLive(scene.kind)) await leave(town, town.devices[scene.actor].slice(1), scene.groupID);
    },
    run: (tim, { groupID }) => tim.quitGroup(groupID),
    effects: (scene) => ({
      tip: memberTip(scene, 2, [scene.actor], counted(4)),
      listed: toAll({ memberCount: 4 }),
      // There it is in no list of another device that would have to know.
      ...(!isLive(scene.kind) && { notices: { [scene.actor]: 8 } }),
      goes: [scene.actor],
    }),
  },
  join: {
    run: (tim, { groupID, kind }) => tim.joinGroup({ groupID, type: kind === 'Topics' ? 'Community' : kind }),
    effects: (scene, outcome) => joined(scene, outcome),
  },
  search: {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.searchGroupByID(groupID),
    effects: ({ groupID }) => ({ answer: { group: { groupID, name: 'old' } } }),
  },
  'read the profile': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getGroupProfile({ groupID }),
    effects: ({ groupID }) => ({ answer: { group: { groupID, name: 'old', ...counted(5) } } }),
  },
} satisfies Operations;

function joined(scene: Scene, outcome: string): Effects {
  if (outcome === 'WaitAdminApproval') return { notices: { omar: 1, ada: 1, abe: 1 } };
  if (outcome !== 'JoinedSuccess') return {};
  const tip = memberTip(scene, 1, [scene.actor], { groupJoinType: 1, ...counted(6) });
  return { comes: scene.actor, tip, listed: toAll({ memberCount: 6 }) };
}

const MEMBERSHIP = {
  add: {
    run: (tim, { groupID }) => tim.addGroupMember({ groupID, userIDList: ['nina', 'tess', 'nobody'] }),
    effects: (scene) => ({
      tip: memberTip(scene, 1, ['nina'], { groupJoinType: 2, ...counted(6) }),
      notices: { nina: 7 },
      comes: 'nina',
      answer: { successUserIDList: ['nina'], existedUserIDList: ['tess'], failureUserIDList: ['nobody'] },
    }),
  },
  'remove a member': {
    run: (tim, { groupID }) => tim.deleteGroupMember({ groupID, userIDList: ['tess'], reason: 'spam' }),
    effects: (scene) => ({
      tip: memberTip(scene, 3, ['tess'], { reason: 'spam', ...counted(4) }),
      listed: toAll({ memberCount: 4 }),
      notices: { tess: 4 },
      goes: ['tess'],
      answer: { userIDList: ['tess'] },
    }),
  },
  'remove an admin': {
    run: (tim, { groupID }) => tim.deleteGroupMember({ groupID, userIDList: ['abe'] }),
    effects: (scene) => ({ tip: memberTip(scene, 3, ['abe']), notices: { abe: 4 }, goes: ['abe'] }),
  },
  'remove the owner': {
    run: (tim, { groupID }) => tim.deleteGroupMember({ groupID, userIDList: ['omar'] }),
  },
  // Only live rooms keep somebody out; elsewhere this is a removal.
  'remove for a time': {
    run: (tim, { groupID }) =>
      tim.deleteGroupMember({ groupID, userIDList: ['tess'], reason: 'spam', duration: 60 }),
    effects: (scene) => ({
      tip: isLive(scene.kind)
        ? {
            operationType: 10,
            userIDList: ['tess'],
            memberList: [{ userID: 'tess', duration: 60 }],
            reason: 'spam',
          }
        : memberTip(scene, 3, ['tess'], { reason: 'spam' }),
      notices: { tess: 4 },
      goes: ['tess'],
    }),
  },
  'mute a member': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setGroupMemberMuteTime({ groupID, userID: 'tess', muteTime: 60 }),
    effects: () => ({
      tip: { operationType: 7, userIDList: ['tess'], memberList: [{ userID: 'tess', muteTime: 60 }] },
      answer: { member: { userID: 'tess' } },
    }),
  },
  'mute an admin': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setGroupMemberMuteTime({ groupID, userID: 'abe', muteTime: 60 }),
    effects: () => ({ tip: { operationType: 7, memberList: [{ userID: 'abe', muteTime: 60 }] } }),
  },
  'let a member speak again': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setGroupMemberMuteTime({ groupID, userID: 'tess', muteTime: 0 }),
    effects: () => ({
      tip: { operationType: 7, memberList: [{ userID: 'tess', muteTime: 0 }] },
      answer: { member: { muteUntil: 0 } },
    }),
  },
  promote: {
    run: (tim, { groupID }) => tim.setGroupMemberRole({ groupID, userID: 'tess', role: 'Admin' }),
    effects: () => ({
      tip: { operationType: 4, userIDList: ['tess'] },
      notices: { tess: 9 },
      answer: { member: { userID: 'tess', role: 'Admin' } },
      listed: { tess: { selfInfo: { role: 'Admin' } } },
    }),
  },
  demote: {
    run: (tim, { groupID }) => tim.setGroupMemberRole({ groupID, userID: 'abe', role: 'Member' }),
    effects: () => ({
      tip: { operationType: 5, userIDList: ['abe'] },
      notices: { abe: 10 },
      listed: { abe: { selfInfo: { role: 'Member' } } },
    }),
  },
  'give a role of the community’s own': {
    run: (tim, { groupID }) => tim.setGroupMemberRole({ groupID, userID: 'tess', role: 'Custom' }),
    effects: () => ({ answer: { member: { userID: 'tess', role: 'Custom' } } }),
  },
} satisfies Operations;

const FIELDS = {
  'name a member': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setGroupMemberNameCard({ groupID, userID: 'tess', nameCard: 'T' }),
    effects: () => ({ answer: { member: { userID: 'tess', nameCard: 'T' } } }),
  },
  'name oneself': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setGroupMemberNameCard({ groupID, nameCard: 'me' }),
    effects: ({ actor }) => ({
      answer: { member: { userID: actor, nameCard: 'me' } },
      listed: { [actor]: { selfInfo: { nameCard: 'me' } } },
    }),
  },
  'set fields of a member': {
    isRepeatable: true,
    run: (tim, { groupID }) =>
      tim.setGroupMemberCustomField({
        groupID,
        userID: 'tess',
        memberCustomField: [{ key: 'k', value: 'v' }],
      }),
    effects: () => ({ answer: { member: { memberCustomField: [{ key: 'k', value: 'v' }] } } }),
  },
  'set fields of oneself': {
    isRepeatable: true,
    run: (tim, { groupID }) =>
      tim.setGroupMemberCustomField({ groupID, memberCustomField: [{ key: 'k', value: 'v' }] }),
    effects: ({ actor }) => ({ answer: { member: { userID: actor } } }),
  },
  mark: {
    run: (tim, { groupID }) =>
      tim.markGroupMemberList({
        groupID,
        userIDList: ['tess', 'nobody'],
        markType: 1000,
        enableMark: true,
      }),
    effects: () => ({
      answer: { successUserIDList: ['tess'], failureUserIDList: [{ userID: 'nobody', code: 10019 }] },
    }),
  },
  'list members': {
    isRepeatable: true,
    run: async (tim, { groupID }) => sorted(await tim.getGroupMemberList({ groupID })),
    effects: () => ({ answer: [...MEMBERS].sort() }),
  },
  'list members by mark': {
    isRepeatable: true,
    prepare: (town, { groupID }) => {
      const marking = { groupID, userIDList: ['tess'], markType: 1000, enableMark: true };
      return town.outcome(() => first(town.devices.omar).tim.markGroupMemberList(marking));
    },
    run: async (tim, { groupID }) => sorted(await tim.getGroupMemberList({ groupID, filter: 1000 })),
    effects: ({ kind }) => ({ answer: isLive(kind) ? ['tess'] : [...MEMBERS].sort() }),
  },
  'list admins': {
    isRepeatable: true,
    run: async (tim, { groupID }) => sorted(await tim.getGroupMemberList({ groupID, role: 'Admin' })),
    effects: () => ({ answer: ['abe', 'ada'] }),
  },
  'read members': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getGroupMemberProfile({ groupID, userIDList: ['tess', 'nobody'] }),
    effects: () => ({ answer: { memberList: [{ userID: 'tess', role: 'Member' }] } }),
  },
  'count who is online': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getGroupOnlineMemberCount(groupID),
    effects: () => ({ answer: { memberCount: 5 } }),
  },
} satisfies Operations;

/** Pages have an order of their own in each kind. */
const sorted = ({ data: { memberList } }: { data: { memberList: { userID: string }[] } }) => ({
  data: memberList.map(({ userID }) => userID).sort(),
});

const MESSAGES = {
  'recall what Tess said': {
    run: (tim, { message }) => tim.revokeMessage(message),
    effects: ({ message }) => ({
      events: [{ name: 'onMessageRevoked', data: { ID: message.ID, isRevoked: true }, exceptCaller: true }],
    }),
  },
  send: {
    isRepeatable: true,
    run: (tim, { groupID }) =>
      tim.sendMessage(
        tim.createTextMessage({ to: groupID, conversationType: 'GROUP', payload: { text: 'hi' } }),
      ),
    effects: ({ groupID, actor }) => ({
      events: [words({ conversationID: `GROUP${groupID}`, from: actor, payload: { text: 'hi' } })],
    }),
  },
  'send while all are muted': {
    isRepeatable: true,
    prepare: (town, { groupID }) =>
      town.outcome(() => first(town.devices.omar).tim.updateGroupProfile({ groupID, muteAllMembers: true })),
    run: (tim, { groupID }) =>
      tim.sendMessage(
        tim.createTextMessage({ to: groupID, conversationType: 'GROUP', payload: { text: 'hi' } }),
      ),
    effects: ({ actor }) => ({ events: [words({ from: actor })] }),
  },
  'read what was said': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getMessageList({ conversationID: `GROUP${groupID}` }),
  },
  remind: {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.setMessageRemindType({ groupID, messageRemindType: 'Discard' }),
  },
} satisfies Operations;

/** What is done with groups of every kind, and in them. */
export const GROUP_OPERATIONS = { ...LIFE, ...MEMBERSHIP, ...FIELDS, ...MESSAGES } satisfies Operations;
