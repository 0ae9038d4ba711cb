import { CLOSE } from '@sterna/protocol/tables';
import { expect, test } from 'vitest';
import { ImError, sdkError } from '../errors.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { step, type SessionEvent, type SessionState } from './session-state.ts';

const alice = { userID: 'alice', userSig: 'sig' };
const idle: SessionState = { name: 'idle' };
const loggingIn: SessionState = { name: 'loggingIn', ...alice };
const syncing: SessionState = { name: 'syncing', ...alice, tinyID: '1', number: 7 };
const ready: SessionState = { ...syncing, name: 'ready' };
const destroyed: SessionState = { name: 'destroyed' };
const login = (userID = 'alice', userSig = 'sig'): SessionEvent => ({ type: 'login', userID, userSig });
const refused = (code: number, data?: unknown): SessionEvent => ({
  type: 'refused',
  error: new ImError(code, 'no', data),
});
const kick = ['disconnect', 'wipe', 'announceKick', 'announceNotReady'];
const lost = ['disconnect', 'wipe', 'announceError', 'announceNotReady'];
const giveUp = ['disconnect', 'wipe', 'rejectLogin'];

/** The state that follows, and what is done, in order. */
type Expected = [SessionState['name'], string[]];

test.each<[string, SessionState, SessionEvent, Expected]>([
  ['a login connects', idle, login(), ['loggingIn', ['hold', 'connect']]],
  ['a login without a name is refused', idle, login(''), ['idle', ['refuse']]],
  ['a login without a signature is refused', ready, login('alice', ''), ['ready', ['refuse']]],
  ['a second login waits for none', loggingIn, login(), ['loggingIn', ['refuse']]],
  ['a login again while syncing repeats', syncing, login(), ['syncing', ['repeat']]],
  ['a login again when ready repeats', ready, login(), ['ready', ['repeat']]],
  [
    'another user is a logout first',
    ready,
    login('bob'),
    ['loggingIn', ['wipe', 'sayGoodbye', 'hold', 'connect', 'announceNotReady']],
  ],
  ['nobody logs in to what was destroyed', destroyed, login(), ['destroyed', ['refuse']]],
  [
    'an accepted login resolves',
    loggingIn,
    { type: 'accepted', tinyID: '1', number: 7 },
    ['syncing', ['resolveLogin']],
  ],
  [
    'an accepted reconnection says nothing',
    ready,
    { type: 'accepted', tinyID: '1', number: 7 },
    ['ready', []],
  ],
  [
    'an answer that nobody waits for is nothing',
    idle,
    { type: 'accepted', tinyID: '1', number: 7 },
    ['idle', []],
  ],
  ['synced is ready', syncing, { type: 'synced' }, ['ready', ['announceReady']]],
  ['ready is ready once', ready, { type: 'synced' }, ['ready', []]],
  ['a refused login rejects', loggingIn, refused(70009), ['idle', giveUp]],
  ['a server that is busy is tried again', loggingIn, refused(91000), ['loggingIn', ['tryLater']]],
  ['a reconnection at a busy server too', ready, refused(10002), ['ready', ['tryLater']]],
  [
    'a reconnection of an ended session is a kick',
    ready,
    refused(6208, { type: 'multipleDevice' }),
    ['idle', kick],
  ],
  ['an expired signature at a reconnection is a kick', ready, refused(70001), ['idle', kick]],
  ['a revoked one too', syncing, refused(70052), ['idle', kick]],
  ['an account that was blocked meanwhile is an error', ready, refused(70051), ['idle', lost]],
  [
    'a login that takes too long rejects',
    loggingIn,
    { type: 'deadline', reached: true, url: '' },
    ['idle', giveUp],
  ],
  [
    'a deadline after the login is nothing',
    ready,
    { type: 'deadline', reached: true, url: '' },
    ['ready', []],
  ],
  ['a kick ends the session', ready, { type: 'kicked', kick: 'multipleAccount' }, ['idle', kick]],
  ['a kick while syncing too', syncing, { type: 'kicked', kick: 'multipleAccount' }, ['idle', kick]],
  ['a late kick is nothing', idle, { type: 'kicked', kick: 'multipleAccount' }, ['idle', []]],
  [
    'a final close without a word is a kick when it says so',
    ready,
    { type: 'ended', code: CLOSE.kicked },
    ['idle', kick],
  ],
  ['or the expiry', ready, { type: 'ended', code: CLOSE.userSigExpired }, ['idle', kick]],
  ['or an error', ready, { type: 'ended', code: CLOSE.badFrame }, ['idle', lost]],
  [
    'a final close during a login rejects it',
    loggingIn,
    { type: 'ended', code: CLOSE.protocolVersion },
    ['idle', giveUp],
  ],
  [
    'a logout when idle says that we are not ready',
    idle,
    { type: 'logout' },
    ['idle', ['wipe', 'disconnect', 'announceNotReady']],
  ],
  [
    'a logout during a login rejects it',
    loggingIn,
    { type: 'logout' },
    ['idle', ['wipe', 'disconnect', 'rejectLogin', 'announceNotReady']],
  ],
  [
    'a logout tells the server',
    ready,
    { type: 'logout' },
    ['idle', ['wipe', 'sayGoodbye', 'announceNotReady']],
  ],
  ['a destruction when idle', idle, { type: 'destroy' }, ['destroyed', ['announceDestroy']]],
  [
    'a destruction when ready',
    ready,
    { type: 'destroy' },
    ['destroyed', ['wipe', 'sayGoodbye', 'announceNotReady', 'announceDestroy']],
  ],
  ['a second destruction is nothing', destroyed, { type: 'destroy' }, ['destroyed', []]],
  ['a logout after the destruction is nothing', destroyed, { type: 'logout' }, ['destroyed', []]],
])('%s', (_, state, event, [name, effects]) => {
  const next = step(state, event);
  expect(next.state.name).toBe(name);
  expect(next.effects.map((effect) => effect.do)).toEqual(effects);
});

test.each([
  [true, 2801],
  [false, 2800],
])('a login that was given up (server reached: %s) has code %i', (reached, code) => {
  expect(step(loggingIn, { type: 'deadline', reached, url: 'ws://x' }).effects).toContainEqual({
    do: 'rejectLogin',
    error: expect.objectContaining({
      code,
      message: expect.stringMatching(/: ws:\/\/x$/) as string,
    }) as Error,
  });
});

test.each<[SessionEvent, string]>([
  [refused(6208, { type: 'multipleDevice' }), 'multipleDevice'],
  [refused(6208), 'multipleAccount'],
  [refused(70001), 'userSigExpired'],
  [refused(70052), 'REST_API_Kick'],
])('the kick that %j means', (event, type) => {
  expect(step(ready, event).effects).toContainEqual({ do: 'announceKick', kick: type });
});

test('a repeated login brings the newer signature to the next reconnection', () => {
  expect(step(ready, login('alice', 'newer')).state).toMatchObject({ userSig: 'newer', number: 7 });
});

test('no event leads out of destroyed', () => {
  const events: SessionEvent[] = [
    login(),
    { type: 'accepted', tinyID: '1', number: 1 },
    { type: 'refused', error: sdkError(SDK_ERRORS.network) },
    { type: 'synced' },
    { type: 'ended', code: 4502 },
    { type: 'kicked', kick: 'multipleAccount' },
  ];
  for (const event of events) expect(step(destroyed, event).state).toBe(destroyed);
});
