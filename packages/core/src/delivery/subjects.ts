import { type LogRef, parseLog } from '../conversations/conversation-id.ts';
import { KEPT } from '../keys.ts';
import { remembered } from '../remembered.ts';

export const userSubject = (app: number, userID: string): string => `${app}/user:${userID}`;
/** Where nodes listen that tell somebody of the user's presence. */
export const presenceSubject = (app: number, userID: string): string => `${app}/presence:${userID}`;
export const groupSubject = (app: number, groupID: string): string => `${app}/group:${groupID}`;

/** Where the nodes listen that hold readers of a log: a group's entry crosses the bus once for each node, not for each member. */
export function subjectsOf(ref: LogRef): string[] {
  switch (ref.kind) {
    case 'c2c':
      return ref.users.map((userID) => userSubject(ref.app, userID));
    case 'group':
      return [groupSubject(ref.app, ref.groupID)];
    case 'system':
    case 'inbox':
      return [userSubject(ref.app, ref.userID)];
  }
}

/** What a log's name says, and where its readers are. */
export const routeOf = remembered(KEPT.users, (log: string) => {
  const ref = parseLog(log);
  return { ref, subjects: subjectsOf(ref) };
});
