import type { ReplyOf } from '@sterna/protocol';
import type { FailedUser, UserResult } from '../../types/result.ts';

type Results = ReplyOf<'friend.delete'>;

/** The failures of a list of users, as applications read them. */
export function failuresOf(failed: Results['failed']): FailedUser[] {
  return failed.map(({ userID, code, text: message }) => ({ userID, code, message }));
}

/** What became of each user of a list. */
export function userResult({ done, failed }: Results): UserResult {
  return {
    successUserIDList: done.map((userID) => ({ userID })),
    failureUserIDList: failuresOf(failed),
  };
}
