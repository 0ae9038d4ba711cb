import type * as Ours from '../src/index.ts';

/** The typings of one published package, as far as ours are held against them. */
export interface Published {
  sdk: object;
  /** Its enums of values: a number or a string at run time, a type of their own there. */
  enums: unknown;
  createOptions: object;
  /** By the names that ours have too. */
  models: { Message: unknown; Group: unknown; Profile: unknown };
  /** Its tables of constants. */
  tables: object;
}

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What they say that one gets: plain values instead of the enum, our model instead of theirs. */
type Read<T, P extends Published> =
  IsAny<T> extends true
    ? unknown
    : T extends P['enums']
      ? string | number
      : T extends P['models']['Group']
        ? Ours.Group
        : T extends P['models']['Profile']
          ? Ours.Profile
          : T extends (infer Item)[]
            ? Read<Item, P>[]
            : T extends Promise<infer Value>
              ? Promise<Read<Value, P>>
              : T extends object
                ? { [Key in keyof T]: Read<T[Key], P> }
                : T;

/** What they let one pass. What they leave open, and messages, which come from the SDK itself, may be anything of ours. */
type Passed<T, P extends Published> =
  IsAny<T> extends true
    ? never
    : T extends P['enums'] | P['models']['Message']
      ? never
      : T extends (infer Item)[]
        ? Passed<Item, P>[]
        : T extends (...args: never[]) => unknown
          ? T
          : T extends object
            ? { [Key in keyof T]: Passed<T[Key], P> }
            : T;

type AsTheySayIt<Member, P extends Published> = Member extends (...args: infer Args) => infer Result
  ? (...args: { [Index in keyof Args]: Passed<Args[Index], P> }) => Read<Result, P>
  : Read<Member, P>;

/** The members of theirs that ours cannot stand in for. */
type Differing<Our, Their, P extends Published> = {
  [Key in keyof Their & string]: Key extends keyof Our
    ? Our[Key] extends AsTheySayIt<Their[Key], P>
      ? never
      : Key
    : Key;
}[keyof Their & string];

export type DifferingMethods<P extends Published, SDK = Ours.ChatSDK> = Differing<SDK, P['sdk'], P>;

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
  Signaling: Ours.Signaling;
}
export type DifferingFields<P extends Published> = {
  [Name in keyof P['models'] & string]: Name extends keyof OurModels
    ? `${Name}.${Differing<OurModels[Name], P['models'][Name], P>}`
    : `${Name}.*`;
}[keyof P['models'] & string];

/** The names of their table whose value is another in ours. */
type DifferingValues<Our, Their> = {
  [Key in keyof Their & string]: Key extends keyof Our
    ? `${Their[Key] & (string | number)}` extends `${Our[Key] & (string | number)}`
      ? never
      : Key
    : Key;
}[keyof Their & string];

export type DifferingConstants<P extends Published> = {
  [Table in keyof P['tables'] & string]: Table extends keyof Ours.TIMStatic
    ? `${Table}.${DifferingValues<Ours.TIMStatic[Table], P['tables'][Table]>}`
    : `${Table}.*`;
}[keyof P['tables'] & string];

/** The options of `create` that they let one pass and ours do not take. */
export type DifferingOptions<P extends Published> = {
  [Key in keyof P['createOptions'] & string]: Passed<
    P['createOptions'][Key],
    P
  > extends Ours.CreateOptions[Key]
    ? never
    : `create.${Key}`;
}[keyof P['createOptions'] & string];

/** True, or the names that one of two unions has alone. */
export type Same<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : { onlyListed: Exclude<B, A> }
  : { missing: Exclude<A, B> };
