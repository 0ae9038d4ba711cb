import type { OPERATIONS } from './operations.ts';

/** The kinds whose members have records; live rooms have a suite of their own. */
export const KINDS = ['Private', 'Public', 'ChatRoom', 'Community'] as const;
export type Kind = (typeof KINDS)[number];
export const ROLES = ['owner', 'admin', 'member', 'outsider'] as const;
export type Role = (typeof ROLES)[number];

/** By role, in the order of `ROLES`: `ok`, the status that a joining answers, or the code of the refusal. */
type Cells = string;
type Row = Cells | Record<Kind, Cells>;

const MEMBERS_ONLY = 'ok ok ok 10007';
/** Attributes have a code of their own for whoever is not in the group. */
const ATTRIBUTES = 'ok ok ok 2642';
const ADMINS = 'ok ok 10007 10007';
const OWNER = 'ok 10007 10007 10007';
const NOBODY = '10007 10007 10007 10007';

/** Who may do what in which kind of group, as published (sdk-api 4.7). */
export const RULES: Record<keyof typeof OPERATIONS, Row> = {
  rename: { Private: MEMBERS_ONLY, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'change texts': { Private: MEMBERS_ONLY, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'mute all': { Private: NOBODY, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'hand over': OWNER,
  dismiss: { Private: '2622 2622 2622 10007', Public: OWNER, ChatRoom: OWNER, Community: OWNER },
  quit: {
    Private: 'ok ok ok 2623',
    Public: '10009 ok ok 2623',
    ChatRoom: '10009 ok ok 2623',
    Community: '10009 ok ok 2623',
  },
  join: {
    Private: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup 2601',
    Public: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup WaitAdminApproval',
    ChatRoom: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup JoinedSuccess',
    Community: 'AlreadyInGroup AlreadyInGroup AlreadyInGroup JoinedSuccess',
  },
  search: { Private: NOBODY, Public: 'ok ok ok ok', ChatRoom: 'ok ok ok ok', Community: 'ok ok ok ok' },
  add: { Private: MEMBERS_ONLY, Public: ADMINS, ChatRoom: ADMINS, Community: MEMBERS_ONLY },
  'remove a member': { Private: OWNER, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'remove an admin': OWNER,
  'remove the owner': NOBODY,
  'mute a member': { Private: NOBODY, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'mute an admin': { Private: NOBODY, Public: OWNER, ChatRoom: OWNER, Community: OWNER },
  promote: 'ok 2681 2681 10007',
  demote: 'ok 2681 2681 10007',
  'name a member': ADMINS,
  'name oneself': MEMBERS_ONLY,
  'list members': MEMBERS_ONLY,
  'read members': MEMBERS_ONLY,
  'set attributes': ATTRIBUTES,
  'read attributes': ATTRIBUTES,
  count: MEMBERS_ONLY,
  pin: { Private: MEMBERS_ONLY, Public: ADMINS, ChatRoom: ADMINS, Community: ADMINS },
  'recall what Tess said': ADMINS,
  send: MEMBERS_ONLY,
  remind: MEMBERS_ONLY,
};

/** What comes of an operation by somebody of a role in a group of a kind. */
export function ruleOf(operation: keyof typeof OPERATIONS, kind: Kind, role: Role): string {
  const row = RULES[operation];
  const cells = typeof row === 'string' ? row : row[kind];
  return cells.split(' ')[ROLES.indexOf(role)] ?? '';
}
