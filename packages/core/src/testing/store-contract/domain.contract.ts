import { LIMITS } from '@sterna/protocol';
import { expect } from 'vitest';
import { c2cLog } from '../../conversations/conversation-id.ts';
import type { Outcome } from '../../ports/store.ts';
import { keys } from '../../keys.ts';
import { decode } from '../../records.ts';
import { domainRules } from '../../transaction/rules.ts';
import { inviteCommand, keepMergerCommand, loggedIn, loginCommand, sendCommand } from '../domain-commands.ts';
import type { StoreCase } from './contract-case.ts';

const LOG = c2cLog(1, 'alice', 'bob');
const toBob = { conversationID: 'C2Cbob', clientID: 'm-1', text: 'hello' };

const numbersOf = (outcome: Outcome) =>
  outcome.ok ? (outcome.reply as { seq: number; pos: number; timeMs: number }) : outcome;

export const domainCases: StoreCase[] = [
  {
    name: 'a repeated send answers as the first did and appends nothing, in the same moment, later, and after reopening',
    async run(ground) {
      const store = await ground.open(domainRules);
      const [alice] = [await loggedIn(store, 'alice'), await loggedIn(store, 'bob')];
      const outcomes = await Promise.all(
        [1, 2, 3].map((attempt) => store.execute(sendCommand(alice, { ...toBob, nowMs: attempt }))),
      );
      const [first] = outcomes.map(numbersOf);
      expect(first).toMatchObject({ seq: 1, pos: 1, timeMs: 1 });
      for (const again of outcomes.slice(1).map(numbersOf))
        expect(again).toMatchObject({ ...first, duplicate: true });
      expect(outcomes.map((outcome) => outcome.ok && outcome.entries.length)).toEqual([1, 0, 0]);

      await store.close();
      const reopened = await ground.open(domainRules);
      expect(numbersOf(await reopened.execute(sendCommand(alice, toBob)))).toMatchObject({
        ...first,
        duplicate: true,
      });
      expect(await reopened.messages({ log: LOG, limit: 9 })).toHaveLength(1);
    },
  },
  {
    name: 'the same clientID with other content is a conflict; another sender may use it',
    async run(ground) {
      const store = await ground.open(domainRules);
      const [alice, bob] = [await loggedIn(store, 'alice'), await loggedIn(store, 'bob')];
      await store.execute(sendCommand(alice, toBob));
      const conflict = await store.execute(sendCommand(alice, { ...toBob, text: 'other' }));
      expect(conflict).toMatchObject({ ok: false, refusal: { reason: 'clientIDConflict' } });
      const reply = await store.execute(
        sendCommand(bob, { ...toBob, conversationID: 'C2Calice', text: 'mine' }),
      );
      expect(numbersOf(reply)).toMatchObject({ seq: 2 });
    },
  },
  {
    name: 'both sides of a conversation write into one dense order, each in its own order of calls',
    async run(ground) {
      const store = await ground.open(domainRules);
      const [alice, bob] = [await loggedIn(store, 'alice'), await loggedIn(store, 'bob')];
      const sends = Array.from({ length: 60 }, (_, index) => {
        const [actor, peer] = index % 2 === 0 ? [alice, 'bob'] : [bob, 'alice'];
        return store.execute(
          sendCommand(actor, { conversationID: `C2C${peer}`, clientID: `m-${index}`, text: `${index}` }),
        );
      });
      const seqs = (await Promise.all(sends)).map(numbersOf).map((reply) => 'seq' in reply && reply.seq);
      expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      const stored = await store.messages({ log: LOG, limit: 99 });
      const texts = stored.map(({ event }) => event.t === 'message' && event.elements[0]?.payload);
      expect(texts).toEqual(Array.from({ length: 60 }, (_, index) => ({ text: `${index}` })));
    },
  },
  {
    name: 'an ended session is fenced: a send called after the login that ended it is refused',
    async run(ground) {
      const store = await ground.open(domainRules);
      const [alice] = [await loggedIn(store, 'alice'), await loggedIn(store, 'bob')];
      const before = store.execute(sendCommand(alice, toBob));
      const login = store.execute(loginCommand('alice'));
      const after = store.execute(sendCommand(alice, { ...toBob, clientID: 'm-2' }));
      expect((await before).ok).toBe(true);
      expect((await login).ok).toBe(true);
      expect(await after).toMatchObject({ ok: false, refusal: { reason: 'sessionEvicted' } });
      expect(await store.messages({ log: LOG, limit: 9 })).toHaveLength(1);
    },
  },
  {
    name: 'a command that names what cannot be parsed is refused',
    async run(ground) {
      const store = await ground.open(domainRules);
      const alice = await loggedIn(store, 'alice');
      const outcome = await store.execute(sendCommand(alice, { ...toBob, conversationID: 'nowhere' }));
      expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'conversationTypeInvalid' } });
    },
  },
  {
    name: 'a list of merged messages that no message uses goes when its time is over, whoever sees to it, and its timer with it',
    async run(ground) {
      const store = await ground.open(domainRules);
      const alice = await loggedIn(store, 'alice');
      const nowMs = 1_000;
      for (const [key, after] of [
        ['one', 0],
        ['one', 1],
        ['two', 0],
      ] as const)
        expect(await store.execute(keepMergerCommand(alice, { key, after, nowMs }))).toMatchObject({
          ok: true,
        });
      await store.close();
      const reopened = await ground.open(domainRules);
      const timers = await reopened.scan({ prefix: keys.timers, limit: 9 });
      const dueMs = nowMs + LIMITS.mergerUnsentMs;
      expect(timers.map(([, value]) => value)).toEqual(
        ['one', 'two'].map((mergerKey) => ({ app: 1, mergerKey, dueMs })),
      );
      const collect = (atMs: number) =>
        reopened.execute({
          type: 'merger.collect',
          body: { due: { app: 1, mergerKey: 'one', dueMs }, nowMs: atMs },
        });
      await collect(dueMs - 1);
      expect(await reopened.scan({ prefix: keys.merger(1, 'one'), limit: 9 })).toHaveLength(3);
      await Promise.all([collect(dueMs), collect(dueMs)]);
      expect(await reopened.scan({ prefix: keys.merger(1, 'one'), limit: 9 })).toEqual([]);
      expect(await reopened.scan({ prefix: keys.timers, limit: 9 })).toHaveLength(1);
      expect(await reopened.scan({ prefix: keys.merger(1, 'two'), limit: 9 })).toHaveLength(2);
    },
  },
  {
    name: 'an invitation outlives the store with its timer, timers are found in the order of their times, and end once',
    async run(ground) {
      const store = await ground.open(domainRules);
      const [alice] = [await loggedIn(store, 'alice'), await loggedIn(store, 'bob')];
      for (const timeout of [30, 10, 20])
        expect(await store.execute(inviteCommand(alice, 'bob', timeout))).toMatchObject({ ok: true });
      expect(await store.execute(inviteCommand(alice, 'bob', -1))).toMatchObject({
        refusal: { reason: 'badParameter' },
      });
      await store.close();
      const reopened = await ground.open(domainRules);
      const timers = await reopened.scan({ prefix: keys.timers, limit: 9 });
      expect(timers.map(([, value]) => value)).toMatchObject(
        [10, 20, 30].map((timeout) => ({ app: 1, inviteID: `i-${timeout}` })),
      );
      const [record] = await reopened.get([keys.invitation(1, 'i-10')]);
      const invitation = decode.invitation(record);
      if (invitation === undefined) throw new Error('the invitation is gone');
      const body = { app: 1, invitation, invitees: ['bob'], nowMs: invitation.dueMs };
      const command = { type: 'invitation.timeOut' as const, body };
      const outcomes = await Promise.all([reopened.execute(command), reopened.execute(command)]);
      expect(outcomes.map((outcome) => outcome.ok && outcome.entries.length)).toEqual([1, 0]);
      expect(await reopened.messages({ log: LOG, limit: 9 })).toHaveLength(4);
      expect(await reopened.scan({ prefix: keys.timers, limit: 9 })).toHaveLength(2);
    },
  },
];
