import type { ChatSDK, Message } from '@sterna/sdk';
import type { Kind } from './group-rules.ts';
import type { Town } from './town.ts';

/** Who there is in each group: Omar owns it, Ada and Abe are admins, Mia and Tess members; Olga and Nina are outside. */
export const PEOPLE = ['omar', 'ada', 'abe', 'mia', 'tess', 'olga', 'nina'] as const;
export type Person = (typeof PEOPLE)[number];
export const MEMBERS: readonly Person[] = ['omar', 'ada', 'abe', 'mia', 'tess'];
/** Who acts for a role. */
export const ACTORS = { owner: 'omar', admin: 'ada', member: 'mia', outsider: 'olga' } as const;

/** A group, and what is in it. */
export interface Place {
  kind: Kind;
  groupID: string;
  /** A topic, where the kind has those. */
  topicID: string;
  /** Tess has said it, in the topic if there is one. */
  message: Message;
}

export interface Scene extends Place {
  actor: Person;
}

/** An event of the SDK, and its data or what it has at least. Messages are told one by one. */
export interface Told {
  name: string;
  data: unknown;
  /** The device that asked knows it by its answer. */
  exceptCaller?: true;
}

/** What of an operation that was allowed shows, and to whom. */
export interface Effects {
  /** The tip in the group, and who sees it: by default who is a member before and after. */
  tip?: Record<string, unknown> | undefined;
  /** `operationType` of the notice that each gets. */
  notices?: Partial<Record<Person, number>>;
  comes?: Person;
  goes?: readonly Person[];
  /** Events besides: every device of a member gets these and no others, in this order. */
  events?: readonly Told[];
  /** What the group has from then on in somebody's list, which tells them so. */
  listed?: Partial<Record<Person, object>>;
  /** What the answer's `data` has. */
  answer?: unknown;
}

export interface Operation {
  run(tim: ChatSDK, scene: Scene): Promise<unknown>;
  /** `outcome` is what the table says: `ok`, or how a joining ended. */
  effects?(scene: Scene, outcome: string): Effects;
  /** What is done before, by whoever may. */
  prepare?(town: Town, scene: Scene): Promise<unknown>;
  /** Done once more in the same group, it shows the same: all roles share one. */
  isRepeatable?: true;
}

export type Operations = Record<string, Operation>;

/** The same in the list of every member. */
export const toAll = (listed: object): Partial<Record<Person, object>> =>
  Object.fromEntries(MEMBERS.map((userID) => [userID, listed]));

/** What was said, as it reaches others. */
export const words = (said: object): Told => ({ name: 'onMessageReceived', data: said, exceptCaller: true });
