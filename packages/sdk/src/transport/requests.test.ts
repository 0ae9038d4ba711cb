import { describe, expect, test } from 'vitest';
import { ImError } from '../errors.ts';
import { QUEUE, REQUEST_DEADLINE_MS, WINDOW } from '../limits.ts';
import { createFakePlatform, createVirtualClock } from '../platform/fake.ts';
import { createRequests, type Answer, type RequestOptions } from './requests.ts';

function bench() {
  const clock = createVirtualClock(0);
  const noSocket = (): never => {
    throw new Error('requests open no socket');
  };
  const platform = createFakePlatform({ ...clock, random: () => 0.5, openSocket: noSocket });
  const sent: string[] = [];
  const requests = createRequests(platform, (text) => sent.push(text));
  const call = (userID: string, options?: RequestOptions) => {
    const answers: Answer<unknown>[] = [];
    const end = requests.call(
      'profile.get',
      { userIDs: [userID] },
      (answer) => answers.push(answer),
      options,
    );
    return { answers, end };
  };
  const pass = (ms: number): void => {
    const untilMs = clock.nowMs() + ms;
    while (clock.runOne(untilMs));
  };
  /** The users asked for, in the order in which the requests left. */
  const asked = (): string[] =>
    sent.map((text) => (JSON.parse(text) as [number, string, { userIDs: string[] }])[2].userIDs[0] ?? '');
  const idOf = (userID: string): number =>
    (JSON.parse(sent.findLast((text) => text.includes(userID)) ?? '[0]') as [number])[0];
  return { requests, call, pass, asked, idOf, clock };
}

describe('requests', () => {
  test('wait for a connection, then leave in call order', () => {
    const { requests, call, asked } = bench();
    call('a');
    call('b');
    expect(asked()).toEqual([]);
    requests.up();
    call('c');
    expect(asked()).toEqual(['a', 'b', 'c']);
  });

  test('are answered once, in the turn of the answer', () => {
    const { requests, call, idOf } = bench();
    requests.up();
    const { answers } = call('a');
    requests.reply(idOf('a'), { profiles: [] });
    expect(answers).toEqual([{ isOk: true, reply: { profiles: [] } }]);
    requests.reply(idOf('a'), { profiles: [] });
    expect(answers).toHaveLength(1);
  });

  test('leave again, in the same order, after a connection that broke', () => {
    const { requests, call, asked } = bench();
    requests.up();
    call('a');
    call('b');
    requests.down();
    call('c');
    requests.up();
    expect(asked()).toEqual(['a', 'b', 'a', 'b', 'c']);
  });

  test('that must not be repeated are rejected by a break, if they had left', () => {
    const { requests, call, asked } = bench();
    requests.up();
    const gone = call('a', { once: true });
    requests.down();
    const waiting = call('b', { once: true });
    expect(gone.answers).toMatchObject([{ isOk: false, error: { code: 2800 } }]);
    requests.up();
    expect(waiting.answers).toEqual([]);
    expect(asked()).toEqual(['a', 'b']);
  });

  test('of the socket leave at once and die with it', () => {
    const { requests, call, asked } = bench();
    const login = call('a', { ofTheSocket: true, deadlineMs: false });
    expect(asked()).toEqual(['a']);
    requests.down();
    expect(login.answers).toMatchObject([{ isOk: false }]);
  });

  test.each([
    ['nothing could be sent', false, 2800],
    ['nothing came back', true, 2801],
  ])('are rejected at their deadline when %s', (_, isUp, code) => {
    const { requests, call, pass, clock } = bench();
    if (isUp) requests.up();
    const { answers } = call('a');
    pass(REQUEST_DEADLINE_MS - 1);
    expect(answers).toEqual([]);
    pass(1);
    expect(answers).toMatchObject([{ isOk: false, error: { code } }]);
    expect(clock.pending()).toBe(0);
  });

  test('that are refused for a moment leave again, and end with the refusal', () => {
    const { requests, call, pass, asked, idOf } = bench();
    requests.up();
    const { answers } = call('a');
    requests.refusal(idOf('a'), new ImError(91000, 'busy'));
    expect(answers).toEqual([]);
    pass(3_000);
    expect(asked()).toEqual(['a', 'a']);
    requests.refusal(idOf('a'), new ImError(2996, 'slower'));
    pass(REQUEST_DEADLINE_MS);
    expect(answers).toMatchObject([{ isOk: false, error: { code: 2996 } }]);
  });

  test('that are refused for good are rejected with the server’s error', () => {
    const { requests, call, idOf } = bench();
    requests.up();
    const { answers } = call('a');
    const error = new ImError(10007, 'no', { why: 'role' });
    requests.refusal(idOf('a'), error);
    expect(answers).toEqual([{ isOk: false, error }]);
  });

  test('fill a window; the next leaves when one is answered', () => {
    const { requests, call, asked, idOf } = bench();
    requests.up();
    for (let index = 0; index <= WINDOW; index++) call(`user-${index}-`);
    expect(asked()).toHaveLength(WINDOW);
    requests.reply(idOf('user-0-'), {});
    expect(asked()).toHaveLength(WINDOW + 1);
  });

  test('past the queue are refused with 2996, after the call has returned', () => {
    const { call, clock } = bench();
    for (let index = 0; index < QUEUE; index++) call('a');
    const { answers } = call('one too many');
    expect(answers).toEqual([]);
    clock.runOne(clock.nowMs());
    expect(answers).toMatchObject([{ isOk: false, error: { code: 2996 } }]);
  });

  test('past the queue that are cancelled in the same turn are not answered', () => {
    const { call, clock } = bench();
    for (let index = 0; index < QUEUE; index++) call('a');
    const refused = call('one too many');
    refused.end();
    clock.runOne(clock.nowMs());
    expect(refused.answers).toEqual([]);
  });

  test('that are cancelled are neither sent nor answered', () => {
    const { requests, call, asked, idOf, clock } = bench();
    const early = call('a');
    early.end();
    requests.up();
    const late = call('b');
    late.end();
    requests.reply(idOf('b'), {});
    expect(asked()).toEqual(['b']);
    expect(early.answers.concat(late.answers)).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  test('that are given up still hear an answer that was only slow, but are never sent again', () => {
    const { requests, call, asked, idOf } = bench();
    requests.up();
    const slow = call('a', { deadlineMs: false });
    const cut = call('b', { deadlineMs: false });
    slow.end('listen');
    cut.end('listen');
    requests.reply(idOf('a'), { profiles: [] });
    expect(slow.answers).toMatchObject([{ isOk: true }]);
    requests.down();
    requests.up();
    expect(asked()).toEqual(['a', 'b']);
    expect(cut.answers).toMatchObject([{ isOk: false }]);
  });

  test('are all rejected by a clear, and what has left as not answered: nobody knows what became of it', () => {
    const { requests, call, clock } = bench();
    requests.up();
    const left = [call('a'), call('b', { ofTheSocket: true }), call('c', { once: true })];
    requests.down();
    const waiting = call('d');
    requests.down();
    requests.clear(new ImError(2024, 'logged out'));
    const codes = left.flatMap(({ answers }) => answers.map((answer) => answer.isOk || answer.error.code));
    // Two have died with the line.
    expect(codes).toEqual([2801, 2800, 2800]);
    expect(waiting.answers).toMatchObject([{ isOk: false, error: { code: 2024 } }]);
    expect(clock.pending()).toBe(0);
  });
});
