import { describe, expect, test } from 'vitest';
import { createFakeClock, createMemoryStore, createSeededRandom, loginCommand } from '../testing/index.ts';
import type { Outcome } from '../ports/store.ts';
import type { CommandReply } from '../transaction/command.ts';
import type { LoginBody } from './login.ts';

function setUp() {
  const store = createMemoryStore({ clock: createFakeClock(), random: createSeededRandom(1) });
  const policy: LoginBody['policy'] = { mode: 'dual', instances: { web: 1, other: 1 } };
  const login = async (instanceID: string, more: Partial<LoginBody> = {}): Promise<Outcome> => {
    const { body } = loginCommand('ann', instanceID);
    return store.execute({ type: 'session.login', body: { ...(body as LoginBody), policy, ...more } });
  };
  const logout = (instanceID: string, epoch: number) =>
    store.execute({
      type: 'session.logout',
      body: { actor: { app: 1, userID: 'ann', session: { instanceID, epoch, platform: 'web' } } },
    });
  return { login, logout, execute: store.execute };
}

function replyOf(outcome: Outcome): CommandReply<'session.login'> {
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.reply as CommandReply<'session.login'>;
}

const overtaken = { ok: false, refusal: { reason: 'alreadyLoggedIn' } };

describe('session.login', () => {
  test('a login that was held up and overtaken by a newer one of its instance begins nothing', async () => {
    const { login } = setUp();
    const { epoch } = replyOf(await login('page', { attempt: 2 }));
    expect(await login('page', { attempt: 1 })).toMatchObject(overtaken);
    expect(replyOf(await login('page', { attempt: 3, resume: epoch }))).toEqual({ epoch, resumed: true });
  });

  test('one that comes after its instance was ended ends nobody', async () => {
    const { login } = setUp();
    replyOf(await login('page', { attempt: 2 }));
    const { epoch } = replyOf(await login('phone page', { attempt: 1 }));
    expect(await login('page', { attempt: 1 })).toMatchObject(overtaken);
    expect(replyOf(await login('phone page', { attempt: 2, resume: epoch })).resumed).toBe(true);
  });

  test('one that comes after its instance has logged out begins nothing', async () => {
    const { login, logout } = setUp();
    const { epoch } = replyOf(await login('page', { attempt: 2 }));
    await logout('page', epoch);
    expect(await login('page', { attempt: 1 })).toMatchObject(overtaken);
    expect(replyOf(await login('page', { attempt: 3 })).epoch).toBe(epoch + 1);
  });

  test('a session that was logged out takes no place and cannot be resumed', async () => {
    const { login, logout } = setUp();
    const { epoch } = replyOf(await login('page', { attempt: 1 }));
    await logout('page', epoch);
    expect(await login('page', { attempt: 2, resume: epoch })).toMatchObject({
      refusal: { reason: 'sessionEvicted' },
    });
    const outcome = await login('another page');
    expect(outcome.ok && outcome.entries).toEqual([]);
  });

  test('what an older connection of a session asks late has no effect', async () => {
    const { login, execute } = setUp();
    await login('ben page', { userID: 'ben' });
    const { epoch } = replyOf(await login('page', { attempt: 1 }));
    const read = (attempt: number) => {
      const session = { instanceID: 'page', epoch, platform: 'web' as const, attempt };
      const actor = { app: 1, userID: 'ann', session };
      return execute({
        type: 'conversation.delete',
        body: { actor, conversationIDs: ['C2Cben'], clearHistory: true },
      });
    };
    expect(await read(1)).toMatchObject({ ok: true });
    expect(replyOf(await login('page', { attempt: 2, resume: epoch })).resumed).toBe(true);
    expect(await read(1)).toMatchObject(overtaken);
    expect(await read(2)).toMatchObject({ ok: true });
    expect(await login('page', { attempt: 1, resume: epoch })).toMatchObject(overtaken);
  });

  test('an ended session hears the reason however often its device asks', async () => {
    const { login } = setUp();
    const { epoch } = replyOf(await login('page', { attempt: 1 }));
    replyOf(await login('another page'));
    const told = { refusal: { reason: 'sessionEvicted', data: { type: 'multipleAccount' } } };
    expect(await login('page', { attempt: 2, resume: epoch })).toMatchObject(told);
    expect(await login('page', { attempt: 3, resume: epoch })).toMatchObject(told);
  });
});
