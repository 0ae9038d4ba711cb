import type { Profile as WireProfile, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import { PROFILE_FRESH_MS, PROFILES_READ } from '../../limits.ts';
import { property } from '../../messages/values.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { UpdateMyProfileOptions } from '../../types/people-methods.ts';
import type { Profile } from '../../types/profile.ts';
import { recordOfFields } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { emptyProfile } from './profile-store.ts';

/** My profile and those of others. */
export function profiles(context: EngineContext): EngineModule {
  const { change, conversations, profiles: store, outlet, request, session, timers } = context;
  /** When each profile was asked for: a screen full of messages asks for its sender once. */
  const asked = new Map<string, { atMs: number; answer: Promise<unknown> }>();
  /**
   * How often the inbox has told of a change of my profile. It tells in order; answers overtake one another, so one that was asked
   * for before the last change says nothing any more.
   */
  let changes = 0;

  const mine = (): Profile => store.of(session().userID);

  function show(wire: WireProfile): void {
    const profile = store.adopt(wire, context.nowMs());
    outlet.add('onProfileUpdated', profile);
    // Whatever of theirs is on the screen has their new face.
    const { userID, nick, avatar } = profile;
    for (const {
      view: { lastMessage },
      window,
    } of conversations.all()) {
      if (lastMessage.fromAccount === userID) lastMessage.nick = nick;
      for (const message of window.bySeq.values())
        if (message.from === userID) Object.assign(message, { nick, avatar });
    }
    outlet.conversationsChanged();
  }

  async function load(userIDs: readonly string[]): Promise<void> {
    const nowMs = timers.monotonicMs();
    for (const [userID, { atMs }] of asked) if (nowMs - atMs > PROFILE_FRESH_MS) asked.delete(userID);
    const missing = userIDs.filter((userID) => !asked.has(userID));
    if (missing.length > 0) {
      const before = changes;
      const answer = request('profile.get', { userIDs: missing }).then(({ profiles: found }) => {
        for (const profile of found)
          if (profile.userID !== session().userID || changes === before)
            store.adopt(profile, context.nowMs());
      });
      for (const userID of missing) asked.set(userID, { atMs: nowMs, answer });
      answer.catch(() => missing.forEach((userID) => asked.delete(userID)));
    }
    await Promise.all(userIDs.map(async (userID) => asked.get(userID)?.answer));
  }

  return {
    onLogin: ({ profile }) => void store.adopt(profile, context.nowMs()),
    onInbox: {
      profile({ profile }) {
        changes += 1;
        show(profile);
      },
    },
    onPush: { profile: ({ profile }) => show(profile) },
    methods: {
      getMyProfile: mine,
      async getUserProfile({ userIDList }) {
        const userIDs = [...new Set(userIDList)].slice(0, PROFILES_READ);
        // A set is made of a text, too.
        if (userIDs.length === 0 || !Array.isArray(userIDList))
          throw sdkError(SDK_ERRORS.parameterInvalid, 'userIDList');
        await load(userIDs);
        // Users that do not exist are left out.
        return userIDs.map(store.of).filter(({ lastUpdatedTime }) => lastUpdatedTime > 0);
      },
      async updateMyProfile(options) {
        await change('profile.update', { changes: changesOf(options) });
        return mine();
      },
    },
    onLogout: () => asked.clear(),
  };
}

type Changes = RequestOf<'profile.update'>['changes'];

/** Applications pass whole profiles back: only known fields travel, and the server leaves out what is not mine to change. */
function changesOf({ profileCustomField = [], ...given }: UpdateMyProfileOptions): Changes {
  const changes: Record<string, unknown> = {};
  for (const field of Object.keys(emptyProfile(''))) changes[field] = property(given, field) ?? undefined;
  if (profileCustomField.length > 0) changes['custom'] = recordOfFields(profileCustomField);
  return changes as Changes;
}
