import type { Profile as WireProfile } from '@sterna/protocol';
import { PROFILES_HELD } from '../../limits.ts';
import type { UserInfo } from '../../types/message.ts';
import type { Profile } from '../../types/profile.ts';
import { listOfFields } from '../custom-fields.ts';
import { keepNewest } from '../keep-newest.ts';

/** The profiles this device has seen; each user's is one object, changed in place. */
export interface ProfileStore {
  /** Never missing: the fields of an unknown user are empty. */
  of(userID: string): Profile;
  /** Takes in what the server says of a user. */
  adopt(profile: WireProfile, nowMs: number): Profile;
  /** What lists of people show. */
  card(userID: string): UserInfo;
  clear(): void;
}

export function createProfileStore(): ProfileStore {
  const profiles = new Map<string, Profile>();

  function of(userID: string): Profile {
    const known = profiles.get(userID);
    if (known) return known;
    const profile = emptyProfile(userID);
    // Whoever shows a profile holds it; the store only finds it again.
    keepNewest(profiles.set(userID, profile), PROFILES_HELD);
    return profile;
  }

  return {
    of,
    adopt({ custom, timeMs: _changed, ...fields }, lastUpdatedTime) {
      const { userID } = fields;
      // A field that was emptied is absent on the wire.
      return Object.assign(of(userID), emptyProfile(userID), fields, {
        profileCustomField: listOfFields(custom),
        lastUpdatedTime,
      });
    },
    card(userID) {
      const { nick, avatar } = of(userID);
      return { userID, nick, avatar };
    },
    clear: () => profiles.clear(),
  };
}

/** A profile of which nothing is known yet. */
export function emptyProfile(userID: string): Profile {
  return {
    userID,
    nick: '',
    avatar: '',
    gender: 'Gender_Type_Unknown',
    birthday: 0,
    location: '',
    selfSignature: '',
    allowType: '',
    language: 0,
    messageSettings: 0,
    adminForbidType: 'AdminForbid_Type_None',
    level: 0,
    role: 0,
    lastUpdatedTime: 0,
    profileCustomField: [],
  };
}
