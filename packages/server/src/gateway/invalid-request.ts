import { ImError } from '@sterna/core';
import type { ErrorName } from '@sterna/protocol';
import * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;

/** Why a request of a command is not valid: which field, and how, without repeating what it holds. */
export function invalidRequest(command: string, issues: readonly Issue[]): ImError {
  const [issue] = issues;
  if (issue === undefined) return new ImError('badParameter');
  const path = v.getDotPath(issue);
  const problem = problemOf(issue, path);
  return new ImError(
    reasonOf(command, path ?? '', issue),
    path === null ? `the body ${problem}` : `${path} ${problem}`,
  );
}

/** Fields of groups that have a code of their own, for texts that cannot be what they say. */
const OF_GROUPS = new Map<string, ErrorName>([
  ['groupID', 'groupIDInvalid'],
  ['type', 'groupTypeInvalid'],
  ['name', 'groupNameInvalid'],
  ['introduction', 'groupIntroductionTooLong'],
  ['notification', 'groupNotificationTooLong'],
  ['avatar', 'avatarTooLong'],
  ['nameCard', 'nameCardTooLong'],
  ['role', 'roleInvalid'],
]);

function reasonOf(command: string, path: string, issue: Issue): ErrorName {
  if (isCrowd(command, path, issue)) return 'tooManyUsers';
  if (typeof issue.input !== 'string') return 'badParameter';
  if (path.startsWith('elements.') && isBound(issue)) return 'messageTooLong';
  const own = command.startsWith('group.') ? OF_GROUPS.get(path.replace(/^changes\./, '')) : undefined;
  return own ?? 'badParameter';
}

/** More users are named for a group than may be at once. */
const isCrowd = (command: string, path: string, { type }: Issue): boolean =>
  command.startsWith('group.') && /^(userIDs|members)$/.test(path) && type === 'max_length';

/** Strings are bounded in characters first, which spares the counting, then in bytes: both say bytes. */
function isBound({ kind, type }: Issue): boolean {
  return kind === 'validation' && (type === 'max_length' || type === 'check');
}

function problemOf(issue: Issue, path: string | null): string {
  const { kind, type, expected, requirement, message } = issue;
  if (kind === 'schema') return expectation(expected ?? '', path);
  const isText = typeof issue.input === 'string';
  switch (type) {
    case 'max_length':
      return isText
        ? `is longer than ${String(requirement)} bytes`
        : `has more than ${String(requirement)} entries`;
    case 'min_length':
      return requirement === 1
        ? 'is empty'
        : `has fewer than ${String(requirement)} ${isText ? 'bytes' : 'entries'}`;
    case 'max_value':
      return `is more than ${String(requirement)}`;
    case 'min_value':
      return `is less than ${String(requirement)}`;
    case 'regex':
      return 'has characters that are not allowed there';
    case 'check':
      return `is ${message}`;
    default:
      return 'is not a whole number, or too large for one';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  Object: 'an object',
  Array: 'a list',
};

/** A key that is missing is told as one whose name was expected. */
function expectation(expected: string, path: string | null): string {
  const key = path?.slice(path.lastIndexOf('.') + 1);
  if (key !== undefined && expected === JSON.stringify(key)) return 'is missing';
  return `must be ${TYPES[expected] ?? expected.replaceAll(/[()]/g, '').replaceAll(' | ', ' or ')}`;
}
