import type { UserInfo } from '../../types/message.ts';

/** Somebody as lists of people show them: what is not known is empty. */
export const cardOf = ({
  userID,
  nick = '',
  avatar = '',
}: {
  userID: string;
  nick?: string | undefined;
  avatar?: string | undefined;
}): UserInfo => ({ userID, nick, avatar });
