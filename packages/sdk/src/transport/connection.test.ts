import { CLOSE } from '@sterna/protocol/tables';
import { describe, expect, test } from 'vitest';
import { BACKOFF_CAP_MS } from '../limits.ts';
import type { NetState } from '../types/values.ts';
import { retryDelayMs, step, type ConnectionEvent, type ConnectionState } from './connection.ts';
import { netStateOf } from './link.ts';

const idle: ConnectionState = { name: 'idle', socket: 0 };
const connecting: ConnectionState = { name: 'connecting', socket: 1, attempt: 0 };
const greeting: ConnectionState = { name: 'greeting', socket: 1, attempt: 0 };
const open: ConnectionState = { name: 'open', socket: 1 };
const waiting: ConnectionState = { name: 'waiting', socket: 1, attempt: 3 };
const ended: ConnectionState = { name: 'ended', socket: 1, code: 4502 };
const wanted: ConnectionEvent = { type: 'wanted' };
const closed = (code: number, socket = 1): ConnectionEvent => ({ type: 'closed', socket, code });

describe('step', () => {
  test.each<[string, ConnectionState, ConnectionEvent, [ConnectionState['name'], string[]]]>([
    ['a start opens one socket', idle, { type: 'start' }, ['connecting', ['timer', 'open']]],
    ['a second start changes nothing', connecting, { type: 'start' }, ['connecting', []]],
    ['a start after the end is a new beginning', ended, { type: 'start' }, ['connecting', ['timer', 'open']]],
    ['an open socket greets', connecting, { type: 'opened', socket: 1 }, ['greeting', ['timer', 'greet']]],
    ['a dead socket that opens is ignored', connecting, { type: 'opened', socket: 0 }, ['connecting', []]],
    ['a greeting that is accepted is up', greeting, { type: 'accepted' }, ['open', ['noTimer']]],
    ['a late acceptance is ignored', waiting, { type: 'accepted' }, ['waiting', []]],
    ['a dropped socket is tried again', open, closed(1006), ['waiting', ['lost', 'timer']]],
    ['a draining server is tried again', open, closed(CLOSE.goingAway), ['waiting', ['lost', 'timer']]],
    ['a kick is the end', open, closed(CLOSE.kicked), ['ended', ['noTimer', 'lost', 'end']]],
    [
      'a refused login is the end',
      greeting,
      closed(CLOSE.loginRefused),
      ['ended', ['noTimer', 'lost', 'end']],
    ],
    ['a close of a dead socket is ignored', open, closed(4502, 0), ['open', []]],
    ['a close after a stop is ignored', idle, closed(1006), ['idle', []]],
    [
      'a connect that hangs is given up, and its socket closed first',
      connecting,
      { type: 'timer' },
      ['waiting', ['close', 'timer']],
    ],
    [
      'a greeting without an answer is given up',
      greeting,
      { type: 'timer' },
      ['waiting', ['close', 'lost', 'timer']],
    ],
    ['a wait ends in a new socket', waiting, { type: 'timer' }, ['connecting', ['timer', 'open']]],
    ['whoever waits stops waiting when woken', waiting, { type: 'woken' }, ['connecting', ['timer', 'open']]],
    ['whoever is open makes sure when woken', open, { type: 'woken' }, ['open', ['probe']]],
    [
      'a connect that began before the wake may hang',
      connecting,
      { type: 'woken' },
      ['connecting', ['timer']],
    ],
    ['nobody connects because of a wake alone', idle, { type: 'woken' }, ['idle', []]],
    ['whoever waits and is wanted has a nearer end of the wait', waiting, wanted, ['waiting', ['timer']]],
    ['a connect under way is wanted already', connecting, wanted, ['connecting', []]],
    ['whoever is open is there', open, wanted, ['open', []]],
    ['nobody connects because of a wish alone', idle, wanted, ['idle', []]],
    ['a final end is not woken', ended, { type: 'woken' }, ['ended', []]],
    [
      'a dead socket is closed before the next is opened',
      open,
      { type: 'broken', backOff: false },
      ['connecting', ['close', 'lost', 'timer', 'open']],
    ],
    [
      'a server that must be asked later is left alone',
      greeting,
      { type: 'broken', backOff: true },
      ['waiting', ['close', 'lost', 'timer']],
    ],
    ['what is broken already cannot break', waiting, { type: 'broken', backOff: false }, ['waiting', []]],
    ['a stop closes the socket', open, { type: 'stop' }, ['idle', ['noTimer', 'close', 'lost']]],
    ['a stop ends a wait', waiting, { type: 'stop' }, ['idle', ['noTimer']]],
  ])('%s', (_, state, event, [name, effects]) => {
    const next = step(state, event, 0.5);
    expect(next.state.name).toBe(name);
    expect(next.effects.map((effect) => effect.do)).toEqual(effects);
  });

  test('a new socket has a new number, so that the old one can say no more', () => {
    const next = step(open, { type: 'broken', backOff: false }, 0.5);
    expect(next.state).toMatchObject({ socket: 2 });
  });

  test('failures count up until a login is accepted', () => {
    let state: ConnectionState = { name: 'connecting', socket: 1, attempt: 0 };
    for (let attempt = 1; attempt <= 5; attempt++) {
      state = step(state, closed(1006, state.socket), 0.5).state;
      expect(state).toMatchObject({ name: 'waiting', attempt });
      state = step(state, { type: 'timer' }, 0.5).state;
    }
    state = step(state, { type: 'opened', socket: state.socket }, 0.5).state;
    expect(state).toMatchObject({ name: 'greeting', attempt: 5 });
    state = step(state, { type: 'accepted' }, 0.5).state;
    expect(step(state, closed(1006, state.socket), 0.5).state).toMatchObject({ name: 'waiting', attempt: 0 });
  });
});

describe('a connection that somebody wants', () => {
  test('is tried within a second, not by all at once, and the waits begin anew', () => {
    const next = step({ name: 'waiting', socket: 1, attempt: 9 }, wanted, 0.5);
    expect(next.effects).toEqual([{ do: 'timer', ms: 500 }]);
    expect(next.state).toMatchObject({ attempt: 1 });
  });

  test('and whose socket hangs does not wait long after it', () => {
    expect(step({ name: 'connecting', socket: 1, attempt: 9 }, wanted, 0.5).state).toMatchObject({
      attempt: 1,
    });
    expect(step({ name: 'greeting', socket: 1, attempt: 9 }, wanted, 0.5).state).toMatchObject({
      attempt: 1,
    });
    expect(step({ name: 'connecting', socket: 1, attempt: 0 }, wanted, 0.5).state).toMatchObject({
      attempt: 0,
    });
  });
});

describe('retryDelayMs', () => {
  test.each([
    [0, 0, 0],
    [0, 0.999, 999],
    [1, 0.5, 1_000],
    [3, 0.999, 7_992],
    [5, 0.999, 19_980],
    [500, 0.999, 19_980],
  ])('attempt %i at chance %d waits %i ms', (attempt, random, ms) => {
    expect(retryDelayMs(attempt, random)).toBe(ms);
  });

  test('never passes the cap', () => {
    for (let attempt = 0; attempt < 2_000; attempt++)
      expect(retryDelayMs(attempt, 0.999999)).toBeLessThan(BACKOFF_CAP_MS);
  });
});

describe('netStateOf', () => {
  test.each<[string, ConnectionState, NetState | undefined, NetState | undefined]>([
    ['a first connect is nothing to speak of', connecting, undefined, undefined],
    ['a connection that stands', open, undefined, 'connected'],
    ['a shake', { name: 'waiting', socket: 1, attempt: 0 }, 'connected', 'connecting'],
    ['a shake that lasts', { name: 'waiting', socket: 1, attempt: 2 }, 'connecting', 'disconnected'],
    [
      'trying again is no news',
      { name: 'connecting', socket: 1, attempt: 0 },
      'disconnected',
      'disconnected',
    ],
    ['back', open, 'disconnected', 'connected'],
    ['nobody wants a connection', idle, 'connected', undefined],
  ])('%s', (_, state, reported, expected) => {
    expect(netStateOf(state, reported)).toBe(expected);
  });
});
