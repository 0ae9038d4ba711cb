import { ERRORS, type ErrorName } from '@sterna/protocol';

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
