import { ERRORS, type ErrorName } from '@sterna/protocol';
import { isUserID } from './user-id.ts';

/** A user for whom something could not be done, and why. */
export interface FailedUser {
  userID: string;
  code: number;
  text: string;
}

/** What became of each user of a list: those that fail do not hold up the others. */
export interface UserResults {
  done: string[];
  failed: FailedUser[];
}

/** One line of the failures. */
export function failedUser(userID: string, reason: ErrorName): FailedUser {
  const { code, text } = ERRORS[reason];
  return { userID, code, text };
}

/** Of the users that a caller names each once; who cannot be anybody fails like who is nobody, and never reaches the store. */
export function namedUsers(
  named: readonly string[],
  reason: ErrorName,
): { userIDs: string[]; failed: FailedUser[] } {
  const all = [...new Set(named)];
  return {
    userIDs: all.filter(isUserID),
    failed: all.filter((name) => !isUserID(name)).map((name) => failedUser(name, reason)),
  };
}
