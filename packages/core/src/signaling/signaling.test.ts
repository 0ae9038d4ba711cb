import { LIMITS, type RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import type { AppSettings } from '../app-settings.ts';
import type { FakeClock } from '../testing/fake-clock.ts';
import { invitation as invite } from '../testing/invitation.ts';
import { createTown, type Town } from '../testing/town.ts';
import { runDueTimers } from '../timers/due-timers.ts';
import { ACTION, type Signal, signalElement, signalOf } from './signal.ts';

type Someone = 'ann' | 'ben' | 'cat' | 'dan';
type Send = RequestOf<'message.send'>;

interface Scene extends Town<Someone> {
  clock: FakeClock;
  send(who: Someone, signal: Partial<Signal>, more?: Partial<Send>): Promise<unknown>;
  get(
    who: Someone,
  ): Promise<{ outcomes: { userID: string; actionType: number; data: string }[]; data: string }>;
  /** Whom a device of this user would ring for, right after a login. */
  waiting(who: Someone): Promise<string[]>;
  /** Lets time pass as a server does. */
  pass(ms: number): Promise<void>;
  /** The steps that the conversation shows, in order. */
  steps(who: Someone, conversationID: string): Promise<Signal[]>;
}

let sent = 0;

async function scene(settings: Partial<AppSettings> = {}, groupID = ''): Promise<Scene> {
  const town = await createTown<Someone>(['ann', 'ben', 'cat', 'dan'], { settings });
  const { ask, deps } = town;
  const clock = deps.clock as FakeClock;
  if (groupID !== '')
    await ask('ann', 'group.create', {
      type: 'Public',
      name: 'tea',
      groupID,
      members: [{ userID: 'ben' }, { userID: 'cat' }],
    });
  return {
    ...town,
    clock,
    send(who, signal, more = {}) {
      const whole = { ...invite, groupID, ...signal };
      const peer = who === 'ann' ? 'ben' : 'ann';
      return ask(who, 'message.send', {
        conversationID: groupID === '' ? `C2C${peer}` : `GROUP${groupID}`,
        clientID: `c-${++sent}`,
        elements: [signalElement(whole)],
        ...more,
      });
    },
    get: async (who) => (await ask(who, 'invitation.get', { inviteID: 'i' })).invitation,
    waiting: async (who) =>
      (await ask(who, 'invitation.list', {})).invitations.map(({ inviteID }) => inviteID),
    async pass(ms) {
      await clock.advance(ms);
      await runDueTimers(deps);
    },
    async steps(who, conversationID) {
      const { messages } = await ask(who, 'message.history', { conversationID, limit: 100 });
      return messages.flatMap(({ elements }) => signalOf(elements) ?? []);
    },
  };
}

const accept = { actionType: ACTION.accept, inviteeList: ['ben'], data: 'yes' };
const reject = { actionType: ACTION.reject, inviteeList: ['ben'], data: 'no' };
const cancel = { actionType: ACTION.cancel, data: 'never mind' };
const timeout = { actionType: ACTION.timeout, data: '' };

describe('one-to-one', () => {
  test.each([
    ['accepted', 'ben' as const, accept],
    ['rejected', 'ben' as const, reject],
    ['cancelled', 'ann' as const, cancel],
  ])('an invitation that is %s is over, for all time and for everybody', async (_, who, step) => {
    const { actionType, data } = step;
    const here = await scene();
    await here.send('ann', invite);
    expect(await here.waiting('ben')).toEqual(['i']);
    await here.send(who, step);
    expect((await here.get('ann')).outcomes).toEqual([{ userID: 'ben', actionType, data }]);
    expect(await here.waiting('ben')).toEqual([]);
    for (const [other, late] of [
      ['ben', accept],
      ['ben', reject],
      ['ann', cancel],
    ] as const)
      await expect(here.send(other, late)).rejects.toMatchObject({ code: 8012 });
    await here.pass(31_000);
    expect((await here.steps('ben', 'C2Cann')).map((it) => it.actionType)).toEqual([1, actionType]);
  });

  test('its time is over to the millisecond, told once, as the inviter', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await here.pass(29_999);
    expect((await here.get('ben')).outcomes).toEqual([]);
    await here.pass(1);
    await here.pass(60_000);
    expect(await here.steps('ann', 'C2Cben')).toEqual([invite, { ...invite, actionType: 5 }]);
    const { messages } = await here.ask('ben', 'message.history', { conversationID: 'C2Cann', limit: 9 });
    expect(messages.map(({ from }) => from)).toEqual(['ann', 'ann']);
    const unread = async (who: Someone, peer: Someone) =>
      (await here.ask(who, 'conversation.get', { conversationID: `C2C${peer}` })).conversation.unread;
    expect([await unread('ann', 'ben'), await unread('ben', 'ann')]).toEqual([0, 2]);
    expect((await here.get('ann')).outcomes).toEqual([{ userID: 'ben', actionType: 5, data: 'call me' }]);
  });

  test('an answer in the last millisecond counts; one after it does not, though no timer has run', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await here.clock.advance(30_000);
    await expect(here.send('ben', accept)).rejects.toMatchObject({ code: 8012 });
    const other = await scene();
    await other.send('ann', invite);
    await other.clock.advance(29_999);
    await other.send('ben', accept);
    await other.pass(1);
    expect((await other.get('ann')).outcomes).toMatchObject([{ actionType: 3 }]);
  });

  test('without a timeout it waits, and after a week devices are not told of it any more', async () => {
    const here = await scene();
    await here.send('ann', { timeout: 0 });
    await here.pass(LIMITS.invitationTimeoutS * 1000 - 1);
    expect(await here.waiting('ben')).toEqual(['i']);
    await here.pass(1);
    expect(await here.waiting('ben')).toEqual([]);
    await here.send('ben', accept);
    expect((await here.get('ann')).outcomes).toMatchObject([{ actionType: 3 }]);
  });

  test('a step sent again with the same ID is the same step, stored or not', async () => {
    const here = await scene();
    for (const onlineUserOnly of [undefined, true] as const) {
      const more = { ...(onlineUserOnly && { onlineUserOnly }) };
      const inviteID = `twice ${onlineUserOnly}`;
      for (const turn of [1, 2]) {
        await here.send('ann', { inviteID, data: `call me` }, { ...more, clientID: `i ${inviteID}` });
        await here.send('ben', { ...accept, inviteID }, { ...more, clientID: `a ${inviteID}` });
        expect(turn).toBeLessThan(3);
      }
      await expect(here.send('ben', { ...accept, inviteID }, more)).rejects.toMatchObject({ code: 8012 });
    }
    expect(await here.steps('ben', 'C2Cann')).toHaveLength(2);
  });

  test.each<[string, Someone, Partial<Signal>, number]>([
    ['an answer to what never was', 'ben', { ...accept, inviteID: 'other' }, 8010],
    ['an answer by the inviter', 'ann', accept, 8011],
    ['a cancel by the invitee', 'ben', cancel, 8011],
    ['a timeout by a client', 'ann', timeout, 8011],
    ['an answer to somebody else', 'ben', { ...accept, inviter: 'cat' }, 10004],
    ['the same inviteID', 'ann', invite, 10004],
    ['an inviter who is somebody else', 'ann', { inviteID: 'j', inviter: 'cat' }, 8011],
    ['somebody who is not there', 'ann', { inviteID: 'j', inviteeList: ['ben', 'cat'] }, 10004],
    ['nobody', 'ann', { inviteID: 'j', inviteeList: [] }, 10004],
    ['a group that it is not', 'ann', { inviteID: 'j', groupID: 'tea' }, 10004],
    ['half a second', 'ann', { inviteID: 'j', timeout: 0.5 }, 10004],
    ['no time at all', 'ann', { inviteID: 'j', timeout: -1 }, 10004],
    ['more than a week', 'ann', { inviteID: 'j', timeout: LIMITS.invitationTimeoutS + 1 }, 10004],
    ['a long inviteID', 'ann', { inviteID: 'j'.repeat(65) }, 10004],
    ['an inviteID of no letters', 'ann', { inviteID: '\0' }, 10004],
  ])('%s is refused, and nothing is stored', async (_, who, signal, code) => {
    const here = await scene();
    await here.send('ann', invite);
    await expect(here.send(who, signal)).rejects.toMatchObject({ code });
    expect(await here.steps('ben', 'C2Cann')).toHaveLength(1);
  });

  test('the edges of the bounds pass', async () => {
    const here = await scene();
    await here.send('ann', { inviteID: 'j'.repeat(64), timeout: LIMITS.invitationTimeoutS });
    await here.send('ann', { inviteID: 'k', timeout: 1 });
    expect(await here.waiting('ben')).toEqual(['j'.repeat(64), 'k']);
  });

  test('those that wait are listed as they came, whichever ends first', async () => {
    const here = await scene();
    for (const [inviteID, timeout] of [
      ['long', 300],
      ['for ever', 0],
      ['short', 10],
      ['middle', 60],
    ] as const) {
      await here.send('ann', { inviteID, timeout });
      await here.pass(1);
    }
    expect(await here.waiting('ben')).toEqual(['long', 'for ever', 'short', 'middle']);
  });

  test('a stranger knows nothing of it', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await expect(here.get('cat')).rejects.toMatchObject({ code: 8010 });
    await expect(here.send('cat', accept)).rejects.toMatchObject({ code: 8010 });
  });
});

describe('between those who block each other', () => {
  test('the invitation is refused; after a block the timeout reaches the inviter alone', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await here.ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    expect(await here.waiting('ben')).toEqual([]);
    await expect(here.send('ann', cancel)).rejects.toMatchObject({ code: 20007 });
    await expect(here.send('ann', { inviteID: 'j' })).rejects.toMatchObject({ code: 20007 });
    here.published.length = 0;
    await here.pass(30_000);
    expect(await here.steps('ann', 'C2Cben')).toMatchObject([
      invite,
      { ...invite, actionType: ACTION.timeout },
    ]);
    expect(await here.steps('ben', 'C2Cann')).toHaveLength(1);
  });

  test('where a block is not told, the inviter sees an invitation that nobody answers', async () => {
    const here = await scene({ hidesBlocks: true });
    await here.ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    await here.send('ann', invite);
    await here.send('ann', { inviteID: 'j' });
    await here.send('ann', { ...cancel, inviteID: 'j' });
    expect(await here.waiting('ben')).toEqual([]);
    await expect(here.get('ben')).rejects.toMatchObject({ code: 8010 });
    await here.pass(30_000);
    expect(await here.steps('ann', 'C2Cben')).toMatchObject([
      invite,
      { inviteID: 'j', actionType: ACTION.invite },
      { inviteID: 'j', ...cancel },
      { inviteID: 'i', actionType: ACTION.timeout },
    ]);
    expect(await here.steps('ben', 'C2Cann')).toEqual([]);
  });

  test('let in again, the inviter takes back what the invitee never heard of', async () => {
    const here = await scene({ hidesBlocks: true });
    await here.ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    await here.send('ann', invite);
    await here.ask('ben', 'blacklist.change', { action: 'remove', userIDs: ['ann'] });
    await here.send('ann', cancel);
    expect(await here.steps('ann', 'C2Cben')).toHaveLength(2);
    expect(await here.steps('ben', 'C2Cann')).toEqual([]);
    await here.send('ann', { inviteID: 'j' });
    expect(await here.steps('ben', 'C2Cann')).toMatchObject([{ inviteID: 'j' }]);
  });
});

describe('in a group', () => {
  const both = { inviteeList: ['ben', 'cat'] };

  test('each invitee has an outcome of their own', async () => {
    const here = await scene({}, 'tea');
    await here.send('ann', both);
    await here.send('ben', { ...accept, groupID: 'tea' });
    expect([await here.waiting('ben'), await here.waiting('cat')]).toEqual([[], ['i']]);
    await here.pass(30_000);
    expect((await here.get('cat')).outcomes.map((it) => `${it.userID} ${it.actionType}`)).toEqual([
      'ben 3',
      'cat 5',
    ]);
    const steps = await here.steps('cat', 'GROUPtea');
    expect(steps.map((it) => [it.actionType, ...it.inviteeList])).toEqual([
      [1, 'ben', 'cat'],
      [3, 'ben'],
      [5, 'cat'],
    ]);
  });

  test('a cancel takes it from those who have not answered', async () => {
    const here = await scene({}, 'tea');
    await here.send('ann', both);
    await here.send('ben', reject);
    await here.send('ann', { ...cancel, ...both });
    expect((await here.get('ann')).outcomes.map((it) => `${it.userID} ${it.actionType}`)).toEqual([
      'ben 4',
      'cat 2',
    ]);
    await expect(here.send('ann', cancel)).rejects.toMatchObject({ code: 8012 });
    await here.pass(31_000);
    expect(await here.steps('ann', 'GROUPtea')).toHaveLength(3);
  });

  test('members are invited, others than the inviter, each once', async () => {
    const here = await scene({}, 'tea');
    await expect(here.send('ann', { inviteeList: ['ben', 'dan'] })).rejects.toMatchObject({ code: 2623 });
    await expect(here.send('ann', { inviteeList: ['ben', 'ben'] })).rejects.toMatchObject({ code: 10004 });
    await expect(here.send('ann', { inviteeList: ['ann', 'ben'] })).rejects.toMatchObject({ code: 10004 });
    const many = Array.from({ length: LIMITS.invitees + 1 }, (_, index) => `user-${index}`);
    await expect(here.send('ann', { inviteeList: many })).rejects.toMatchObject({ code: 10004 });
    await expect(here.send('ann', { inviteeList: many.slice(1) })).rejects.toMatchObject({ code: 2623 });
  });

  test('a dismissed group is told of no timeout', async () => {
    const here = await scene({}, 'tea');
    await here.send('ann', both);
    await here.ask('ann', 'group.dismiss', { groupID: 'tea' });
    await here.pass(30_000);
    expect((await here.get('ann')).outcomes.map(({ actionType }) => actionType)).toEqual([5, 5]);
  });
});

describe('its data', () => {
  const edit = (here: Scene, who: Someone, signal: Partial<Signal>, version = 0) =>
    here.ask(who, 'message.modify', {
      conversationID: who === 'ann' ? 'C2Cben' : 'C2Cann',
      seq: 1,
      version,
      elements: [signalElement({ ...invite, ...signal })],
    });

  test('the inviter changes while somebody is waited for, and nothing else', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await edit(here, 'ann', { data: 'video' });
    const { data, version } = (await here.ask('ben', 'invitation.get', { inviteID: 'i' })).invitation;
    expect([data, version]).toEqual(['video', 1]);
    await expect(edit(here, 'ann', { timeout: 60 }, 1)).rejects.toMatchObject({ code: 2481 });
    await expect(edit(here, 'ann', accept, 1)).rejects.toMatchObject({ code: 2481 });
    await expect(edit(here, 'ben', { data: 'x' }, 1)).rejects.toMatchObject({ code: 8011 });
    await here.send('ben', accept);
    await expect(edit(here, 'ann', { data: 'y' }, 1)).rejects.toMatchObject({ code: 8012 });
  });

  test('an ordinary custom message does not become a step, nor a step an ordinary one', async () => {
    const here = await scene();
    const plain = { type: 'TIMCustomElem' as const, payload: { data: 'hi', description: '', extension: '' } };
    await here.ask('ann', 'message.send', { conversationID: 'C2Cben', clientID: 'plain', elements: [plain] });
    await expect(edit(here, 'ann', {})).rejects.toMatchObject({ code: 2481 });
    const other = await scene();
    await other.send('ann', invite);
    const request = { conversationID: 'C2Cben', seq: 1, version: 0, elements: [plain] };
    await expect(other.ask('ann', 'message.modify', request)).rejects.toMatchObject({ code: 2481 });
  });
});

describe('timers', () => {
  test('say when the next is due, and take a bounded number at once', async () => {
    const here = await scene();
    const { deps, clock } = here;
    expect(await runDueTimers(deps)).toBeUndefined();
    for (const timeoutS of [5, 3, 9]) await here.send('ann', { inviteID: `${timeoutS}`, timeout: timeoutS });
    expect(await runDueTimers(deps)).toBe(clock.nowMs() + 3000);
    await clock.advance(5000);
    expect(await runDueTimers(deps)).toBe(clock.nowMs() + 4000);
    expect((await here.steps('ann', 'C2Cben')).slice(3).map(({ inviteID }) => inviteID)).toEqual(['3', '5']);
  });

  test.each([-1, 0, 1])(
    'of as many as one look takes and %i, those beyond wait for the next',
    async (more) => {
      const before = LIMITS.timersTaken;
      Object.assign(LIMITS, { timersTaken: 3 });
      try {
        const here = await scene();
        for (let number = 0; number < 3 + more; number++)
          await here.send('ann', { inviteID: `${number}`, timeout: 1 });
        await here.clock.advance(1000);
        const over = async () =>
          (await here.steps('ann', 'C2Cben')).filter(({ actionType }) => actionType === ACTION.timeout)
            .length;
        // Where as many were done as one look takes, there may be more at once.
        expect(await runDueTimers(here.deps)).toBe(more < 0 ? undefined : here.clock.nowMs());
        expect(await over()).toBe(Math.min(3, 3 + more));
        await runDueTimers(here.deps);
        expect(await over()).toBe(3 + more);
      } finally {
        Object.assign(LIMITS, { timersTaken: before });
      }
    },
  );

  test('two nodes that wake at once tell it once', async () => {
    const here = await scene();
    await here.send('ann', invite);
    await here.clock.advance(30_000);
    await Promise.all([runDueTimers(here.deps), runDueTimers(here.deps)]);
    expect(await here.steps('ann', 'C2Cben')).toHaveLength(2);
  });
});
