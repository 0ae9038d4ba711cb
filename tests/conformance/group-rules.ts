import type { FACILITIES } from './facility-operations.ts';
import type { GROUP_OPERATIONS } from './group-operations.ts';
import type { TOPIC_OPERATIONS } from './topic-operations.ts';

/** Kinds whose members have records. */
export const KINDS = ['Private', 'Public', 'ChatRoom', 'Community'] as const;
/** Every type of group; a community with topics stands apart, as it is in a list of its own. */
export const ALL_KINDS = [...KINDS, 'AVChatRoom', 'Topics'] as const;
export type Kind = (typeof ALL_KINDS)[number];
export const ROLES = ['owner', 'admin', 'member', 'outsider'] as const;
export type Role = (typeof ROLES)[number];

/** Its members are those who are in it now. */
export const isLive = (kind: Kind): boolean => kind === 'AVChatRoom';
/** It is in the list of groups. */
export const isListed = (kind: Kind): boolean => kind !== 'AVChatRoom' && kind !== 'Topics';

/** By role, in the order of `ROLES`: `ok`, the status that a joining answers, or the code of the refusal. */
type Cells = string;
/** The kinds that differ, and `rest`. */
type Row = Cells | (Partial<Record<Kind, Cells>> & { rest: Cells });

const ANYBODY = 'ok ok ok ok';
const MEMBERS_ONLY = 'ok ok ok 10007';
const ADMINS = 'ok ok 10007 10007';
const OWNER = 'ok 10007 10007 10007';
const NOBODY = '10007 10007 10007 10007';

/** Who may set roles has a code of its own, for members with a record. */
const setting = (owner: string) => ({
  AVChatRoom: `${owner} 2681 10007 10007`,
  rest: `${owner} 2681 2681 10007`,
});
/** So have attributes, for whoever is not in the group. */
const ATTRIBUTES = 'ok ok ok 2642';
const EDITORS: Row = { Private: MEMBERS_ONLY, AVChatRoom: OWNER, rest: ADMINS };
const MUTERS: Row = { Private: NOBODY, rest: ADMINS };
/** Where nobody has a record, there is nothing to write into one. */
const RECORDED = (cells: Cells): Row => ({ AVChatRoom: NOBODY, rest: cells });
/** Where nothing is kept, nothing is pinned; elsewhere members do it, as the typings of 3.6.6 have it. */
const PINNERS: Row = { AVChatRoom: NOBODY, rest: MEMBERS_ONLY };

/** Who may do what in which kind of group, as published (sdk-api 4.7). */
const GROUP_RULES: Record<keyof typeof GROUP_OPERATIONS, Row> = {
  rename: EDITORS,
  'change texts': EDITORS,
  'change custom fields': EDITORS,
  'change nothing': EDITORS,
  'change one of two': EDITORS,
  'mute all': MUTERS,
  'hand over': { AVChatRoom: '2620 2620 2620 2620', rest: OWNER },
  'hand over to oneself': { AVChatRoom: '2620 2620 2620 2620', rest: '2621 10007 10007 10007' },
  dismiss: { Private: '2622 2622 2622 10007', rest: OWNER },
  quit: { Private: 'ok ok ok 2623', rest: '10009 ok ok 2623' },
  join: {
    Private: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup 2601',
    Public: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup WaitAdminApproval',
    rest: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup JoinedSuccess',
  },
  search: { Private: NOBODY, rest: ANYBODY },
  'read the profile': { Private: MEMBERS_ONLY, rest: ANYBODY },
  add: { Public: ADMINS, ChatRoom: ADMINS, AVChatRoom: '2661 2661 2661 2661', rest: MEMBERS_ONLY },
  'remove a member': { Private: OWNER, rest: ADMINS },
  'remove an admin': OWNER,
  'remove the owner': NOBODY,
  'remove for a time': { Private: OWNER, rest: ADMINS },
  'mute a member': MUTERS,
  'mute an admin': { Private: NOBODY, rest: OWNER },
  'let a member speak again': MUTERS,
  promote: setting('ok'),
  demote: setting('ok'),
  'give a role of the community’s own': { ...setting('2683'), Community: 'ok 2681 2681 10007' },
  'name a member': RECORDED(ADMINS),
  'name oneself': RECORDED(MEMBERS_ONLY),
  'set fields of a member': RECORDED(ADMINS),
  'set fields of oneself': RECORDED(MEMBERS_ONLY),
  mark: { AVChatRoom: OWNER, rest: NOBODY },
  'list members': MEMBERS_ONLY,
  'list members by mark': MEMBERS_ONLY,
  'list admins': MEMBERS_ONLY,
  'read members': RECORDED(MEMBERS_ONLY),
  'count who is online': { Private: MEMBERS_ONLY, rest: ANYBODY },
  'recall what Tess said': { AVChatRoom: '10033 10033 10033 10033', rest: ADMINS },
  send: { AVChatRoom: 'ok ok ok 2101', rest: MEMBERS_ONLY },
  // Whether somebody is in a live room is asked last.
  'send while all are muted': {
    Private: MEMBERS_ONLY,
    AVChatRoom: 'ok ok 10017 10017',
    rest: 'ok ok 10017 10007',
  },
  'read what was said': { AVChatRoom: ANYBODY, rest: MEMBERS_ONLY },
  remind: RECORDED(MEMBERS_ONLY),
};

const FACILITY_RULES: Record<keyof typeof FACILITIES, Row> = {
  'init attributes': ATTRIBUTES,
  'set attributes': ATTRIBUTES,
  'delete attributes': ATTRIBUTES,
  'delete all attributes': ATTRIBUTES,
  'read attributes': ATTRIBUTES,
  'set counters': MEMBERS_ONLY,
  'count up': MEMBERS_ONLY,
  'count what was not counted': MEMBERS_ONLY,
  'count down': MEMBERS_ONLY,
  'read counters': MEMBERS_ONLY,
  pin: PINNERS,
  'pin again': PINNERS,
  unpin: PINNERS,
  'unpin what is not pinned': { AVChatRoom: NOBODY, rest: '10071 10071 10071 10007' },
  'read pins': MEMBERS_ONLY,
};

/** Of what is no community with topics; that somebody is outside comes first. */
const NO_TOPICS = '11000 11000 11000 10007';
const KEEPERS = (owner = 'ok'): Row => ({
  Topics: `${owner} 10007 10007 10007`,
  AVChatRoom: '11000 11000 10007 10007',
  rest: NO_TOPICS,
});
const READERS: Row = { Topics: MEMBERS_ONLY, AVChatRoom: '11000 11000 10007 10007', rest: NO_TOPICS };

const TOPIC_RULES: Record<keyof typeof TOPIC_OPERATIONS, Row> = {
  'make a topic': KEEPERS(),
  'make a topic of a taken ID': KEEPERS('10021'),
  'rename a topic': KEEPERS(),
  'change texts of a topic': KEEPERS(),
  'mute a topic': KEEPERS(),
  'change a topic that is not there': KEEPERS('10010'),
  'delete a topic': KEEPERS(),
  'delete all topics': KEEPERS(),
  'list topics': READERS,
  'list some topics': READERS,
  'send into a topic': { Topics: MEMBERS_ONLY, rest: '' },
  'send into a muted topic': { Topics: 'ok ok 10017 10007', rest: '' },
  'recall what Tess said in a topic': { Topics: ADMINS, rest: '' },
  'pin in a topic': { Topics: MEMBERS_ONLY, rest: '' },
  'unpin in a topic': { Topics: MEMBERS_ONLY, rest: '' },
  'read pins of a topic': { Topics: MEMBERS_ONLY, rest: '' },
  'read pins of a topic that is not there': { Topics: '10010 10010 10010 10007', rest: '' },
  'read a topic': { Topics: MEMBERS_ONLY, rest: '' },
};

export type OperationName = keyof typeof RULES;
const RULES = { ...GROUP_RULES, ...FACILITY_RULES, ...TOPIC_RULES };

/** What comes of an operation by somebody of a role in a group of a kind; empty where it makes no sense. */
export function ruleOf(operation: OperationName, kind: Kind, role: Role): string {
  const row = RULES[operation];
  const cells = typeof row === 'string' ? row : (row[kind] ?? row.rest);
  return cells.split(' ')[ROLES.indexOf(role)] ?? '';
}
