import { avatarChange, type NewAvatar } from './avatar.ts';
import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { ChatState, Person } from './state.ts';
import type { TimProfile } from './tim.ts';
import type { AllowType } from './tim-contacts.ts';

export interface PeopleActions {
  /** Asks for the profiles of those not known yet; several calls of one moment become one request. */
  ensurePeople(userIDs: readonly string[]): void;
  /** Reads one profile afresh; `undefined` when there is no such user. */
  findPerson(userID: string): Promise<Person | undefined>;
  /** Those of them that are no users. */
  strangersAmong(userIDs: readonly string[]): Promise<string[]>;
  updateMyProfile(profile: {
    nick: string;
    /** Left out, it stays. */
    avatar?: NewAvatar;
    signature: string;
    allowType: AllowType;
  }): Promise<void>;
}

export function toPerson(profile: TimProfile): Person {
  return {
    userID: profile.userID,
    nick: profile.nick,
    avatar: profile.avatar,
    signature: profile.selfSignature,
    ...(isAllowType(profile.allowType) && { allowType: profile.allowType }),
  };
}

/** Adds people, the newest last; the longest known go when there are too many. */
export function withPeople(state: ChatState, people: readonly Person[]): ChatState {
  const changed = people.filter((person) => !samePerson(state.people.get(person.userID), person));
  const mine = people.find((person) => person.userID === state.me?.userID);
  const me = mine === undefined || samePerson(state.me, mine) ? state.me : mine;
  if (changed.length === 0) return me === state.me ? state : { ...state, me };
  const all = new Map(state.people);
  for (const person of changed) {
    all.delete(person.userID);
    all.set(person.userID, person);
  }
  return { ...state, me, people: all.size > LIMITS.people ? new Map([...all].slice(-LIMITS.people)) : all };
}

export function createPeopleActions(context: Context): PeopleActions {
  const { store } = context;
  let wanted = new Set<string>();

  const fetchWanted = async (): Promise<void> => {
    const userIDList = [...wanted].slice(0, LIMITS.peoplePerRequest);
    wanted = new Set();
    const update = context.updater();
    try {
      const { data } = await context.tim().getUserProfile({ userIDList });
      const found = data.map(toPerson);
      // Whoever was not found is remembered too, without a name: there is no such user, and asking again is idle.
      const isFound = new Set(found.map(({ userID }) => userID));
      const missing = userIDList.filter((userID) => !isFound.has(userID)).map(unknownPerson);
      update((state) => withPeople(state, [...missing, ...found]));
    } catch {
      // A name that could not be read now is shown as its userID and asked for again when next seen.
    }
  };

  return {
    ensurePeople: (userIDs) => {
      const missing = userIDs.filter((userID) => userID !== '' && !store.get().people.has(userID));
      if (missing.length === 0) return;
      if (wanted.size === 0) queueMicrotask(() => void fetchWanted());
      for (const userID of missing) wanted.add(userID);
    },
    findPerson: async (userID) => {
      const update = context.updater();
      const { data } = await context.tim().getUserProfile({ userIDList: [userID] });
      const profile = data.find((found) => found.userID === userID);
      if (profile === undefined) return undefined;
      const person = toPerson(profile);
      update((state) => withPeople(state, [person]));
      return person;
    },
    strangersAmong: async (userIDs) => {
      const strangers = new Set(userIDs);
      for (let from = 0; from < userIDs.length; from += LIMITS.peoplePerRequest) {
        const userIDList = userIDs.slice(from, from + LIMITS.peoplePerRequest);
        const { data } = await context.tim().getUserProfile({ userIDList });
        for (const { userID } of data) strangers.delete(userID);
      }
      return [...strangers];
    },
    updateMyProfile: async ({ nick, avatar, signature, allowType }) => {
      const update = context.updater();
      const changes = { nick, selfSignature: signature, allowType, ...(await avatarChange(context, avatar)) };
      const { data } = await context.tim().updateMyProfile(changes);
      update((state) => ({ ...withPeople(state, [toPerson(data)]), me: toPerson(data) }));
    },
  };
}

const ALLOW_TYPES: readonly unknown[] = [
  'AllowType_Type_AllowAny',
  'AllowType_Type_NeedConfirm',
  'AllowType_Type_DenyAny',
];
const isAllowType = (value: unknown): value is AllowType => ALLOW_TYPES.includes(value);

function unknownPerson(userID: string): Person {
  return { userID, nick: '', avatar: '', signature: '' };
}

function samePerson(a: Person | undefined, b: Person): boolean {
  if (a === undefined || a.allowType !== b.allowType) return false;
  return a.nick === b.nick && a.avatar === b.avatar && a.signature === b.signature;
}
