import { describe, expect, test } from 'vitest';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { createProfileStore } from './profile-store.ts';
import { profiles } from './profiles.ts';

/** The domain with a server whose answers come when, and in the order in which, the test says. */
function setUp() {
  const answers: ((nick: string) => void)[] = [];
  const request = (name: string) =>
    new Promise((resolve) => {
      answers.push((nick) => {
        const profile = { userID: 'ann', nick };
        resolve(name === 'profile.get' ? { profiles: [profile] } : { profile });
      });
    });
  const context = {
    profiles: createProfileStore(),
    outlet: { add: () => undefined, conversationsChanged: () => undefined },
    session: () => ({ userID: 'ann' }),
    timers: { monotonicMs: () => 0 },
    nowMs: () => 1,
    conversations: { all: () => [] },
    request,
    // Answered when the inbox has brought it.
    change: request,
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
    hear('one');
    hear('two');
    answers[1]?.('two');
    await two;
    answers[0]?.('one');
    await one;
    expect(await nick()).toBe('two');
  });

  test('a change resolves with the profile as the inbox has it by then', async () => {
    const { domain, answers, hear } = setUp();
    const one = domain.methods.updateMyProfile?.({ nick: 'one' });
    hear('one');
    hear('of another device');
    answers[0]?.('one');
    expect(await one).toMatchObject({ nick: 'of another device' });
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
