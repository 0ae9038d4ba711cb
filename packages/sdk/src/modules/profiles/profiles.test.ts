import { describe, expect, test } from 'vitest';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { createProfileStore } from './profile-store.ts';
import { profiles } from './profiles.ts';

/** The domain with a server whose answers come when, and in the order in which, the test says. */
function setUp() {
  const answers: ((nick: string) => void)[] = [];
  const context = {
    profiles: createProfileStore(),
    outlet: { add: () => undefined, conversationsChanged: () => undefined },
    session: () => ({ userID: 'ann' }),
    timers: { monotonicMs: () => 0 },
    nowMs: () => 1,
    request: (name: string) =>
      new Promise((resolve) => {
        answers.push((nick) => {
          const profile = { userID: 'ann', nick };
          resolve(name === 'profile.get' ? { profiles: [profile] } : { profile });
        });
      }),
  } as unknown as EngineContext;
  const domain: EngineModule = profiles(context);
  const hear = (nick: string) =>
    domain.onInbox?.profile?.({ t: 'profile', profile: { userID: 'ann', nick } });
  const nick = async () => (await domain.methods.getMyProfile?.())?.nick;
  return { domain, answers, hear, nick };
}

describe('profiles', () => {
  test('of two changes of mine the later stays, in whatever order their answers come', async () => {
    const { domain, answers, hear, nick } = setUp();
    const one = domain.methods.updateMyProfile?.({ nick: 'one' });
    const two = domain.methods.updateMyProfile?.({ nick: 'two' });
    answers[1]?.('two');
    await two;
    hear('one');
    hear('two');
    answers[0]?.('one');
    await one;
    expect(await nick()).toBe('two');
  });

  test('the answer to a change shows it at once', async () => {
    const { domain, answers, nick } = setUp();
    const one = domain.methods.updateMyProfile?.({ nick: 'one' });
    answers[0]?.('one');
    await one;
    expect(await nick()).toBe('one');
  });

  test('a profile that was read before a change does not undo it', async () => {
    const { domain, answers, hear, nick } = setUp();
    const reading = domain.methods.getUserProfile?.({ userIDList: ['ann'] });
    hear('new');
    answers[0]?.('old');
    await reading;
    expect(await nick()).toBe('new');
  });
});
