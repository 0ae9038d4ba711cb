/**
 * Compiled, never run: holds our typings against the published ones of `tim-js-sdk@2.27.6`. Ours must be assignable
 * to theirs wherever theirs say what happens at run time; the differences are exactly those listed beside this.
 */
import type * as Theirs from 'published-tim';
import type * as Ours from '../src/index.ts';
import type { TYPING_DIFFERENCES } from './typing-differences.ts';

type Listed = typeof TYPING_DIFFERENCES;
type TheirTables = Pick<typeof Theirs.default.default, 'EVENT' | 'TYPES'>;
type AnyType = Theirs.default.TYPES;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What they say that one gets: plain values instead of the enum, our model instead of theirs. */
type Read<T> =
  IsAny<T> extends true
    ? unknown
    : T extends AnyType
      ? string | number
      : T extends Theirs.Group
        ? Ours.Group
        : T extends Theirs.Profile
          ? Ours.Profile
          : T extends (infer Item)[]
            ? Read<Item>[]
            : T extends Promise<infer Value>
              ? Promise<Read<Value>>
              : T extends object
                ? { [Key in keyof T]: Read<T[Key]> }
                : T;

/** What they let one pass. What they leave open, and messages, which come from the SDK itself, may be anything of ours. */
type Passed<T> =
  IsAny<T> extends true
    ? never
    : T extends AnyType | Theirs.Message
      ? never
      : T extends (infer Item)[]
        ? Passed<Item>[]
        : T extends (...args: never[]) => unknown
          ? T
          : T extends object
            ? { [Key in keyof T]: Passed<T[Key]> }
            : T;

type AsTheySayIt<Member> = Member extends (...args: infer Args) => infer Result
  ? (...args: { [Index in keyof Args]: Passed<Args[Index]> }) => Read<Result>
  : Read<Member>;

/** The members of theirs that ours cannot stand in for. */
type Differing<Our, Their> = {
  [Key in keyof Their & string]: Key extends keyof Our
    ? Our[Key] extends AsTheySayIt<Their[Key]>
      ? never
      : Key
    : Key;
}[keyof Their & string];

interface OurModels {
  Message: Ours.Message;
  SimplifiedMessage: Ours.SimplifiedMessage;
  Conversation: Ours.Conversation;
  Group: Ours.Group;
  GroupMember: Ours.GroupMember;
  Profile: Ours.Profile;
  Friend: Ours.Friend;
  FriendApplication: Ours.FriendApplication;
  FriendGroup: Ours.FriendGroup;
  Topic: Ours.Topic;
}
interface TheirModels {
  Message: Theirs.Message;
  SimplifiedMessage: Theirs.SimplifiedMessage;
  Conversation: Theirs.Conversation;
  Group: Theirs.Group;
  GroupMember: Theirs.GroupMember;
  Profile: Theirs.Profile;
  Friend: Theirs.Friend;
  FriendApplication: Theirs.FriendApplication;
  FriendGroup: Theirs.FriendGroup;
  Topic: Theirs.Topic;
}
type DifferingFields = {
  [Name in keyof OurModels]: `${Name}.${Differing<OurModels[Name], TheirModels[Name]>}`;
}[keyof OurModels];

/** The names of a table whose value of ours is another than theirs. */
type DifferingValues<Our, Their> = {
  [Key in keyof Their & string]: Key extends keyof Our
    ? `${Their[Key] & (string | number)}` extends `${Our[Key] & (string | number)}`
      ? never
      : Key
    : Key;
}[keyof Their & string];

type OurTables = Pick<typeof Ours, 'EVENT' | 'TYPES'>;
type DifferingConstants = {
  [Table in keyof OurTables]: `${Table}.${DifferingValues<OurTables[Table], TheirTables[Table]>}`;
}[keyof OurTables];

type Same<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : { onlyListed: Exclude<B, A> }
  : { missing: Exclude<A, B> };

export const methodsAreAsListed: Same<
  Differing<Ours.ChatSDK, Theirs.ChatSDK>,
  keyof Listed['methods']
> = true;
export const fieldsAreAsListed: Same<DifferingFields, keyof Listed['fields']> = true;
export const constantsAreAsListed: Same<DifferingConstants, keyof Listed['constants']> = true;

/** Guards the comparison itself: it sees a wrong value, a wrong result and a wrong argument. */
type Broken = Omit<Ours.ChatSDK, 'findMessage' | 'quitGroup' | 'getTotalUnreadMessageCount'> & {
  findMessage(messageID: string): string;
  quitGroup(groupID: number): Promise<unknown>;
};
export const theComparisonBites: Same<
  Exclude<Differing<Broken, Theirs.ChatSDK>, keyof Listed['methods']>,
  'findMessage' | 'quitGroup' | 'getTotalUnreadMessageCount'
> = true;
