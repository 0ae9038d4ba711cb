import type { Actor } from '../../actor.ts';
import { c2cLog, groupLog, topicLog } from '../../conversations/conversation-id.ts';
import { userScope } from '../../keys.ts';
import type { Store } from '../../ports/store.ts';
import type { Command } from '../../transaction/command.ts';
import { loggedIn, sendCommand } from '../domain-commands.ts';
import type { SeededRandom } from '../seeded-random.ts';

const USERS = ['ann', 'bob', 'cat', 'd/d'] as const;
const GROUPS = ['team', 'club', '@TGS#_town'] as const;
const TOPIC = '@TGS#_town@TOPIC#_square';
const APP = 1;

/** What happened in the village: each command as it was given, and every scope that can hold anything. */
export interface Day {
  commands: Command[];
  scopes: string[];
}

/** Lets users log in, write, read, and come and go in groups, at random, on `store`; sensible and senseless commands mixed. */
export async function inhabit(store: Store, random: SeededRandom, length: number): Promise<Day> {
  const commands: Command[] = [];
  const execute = store.execute.bind(store);
  const recording: Store = {
    ...store,
    execute: (command) => {
      commands.push(command);
      return execute(command);
    },
  };
  const actors = new Map<string, Actor>();
  for (let step = 0; step < length; step++) {
    const userID = random.pick(USERS);
    const actor = actors.get(userID);
    if (actor === undefined || random.chance(0.05)) {
      const instanceID = random.pick(['one', 'two', 'three']);
      // A login that is forgotten leaves its user acting for an older session.
      const newer = await loggedIn(recording, userID, instanceID);
      if (actor === undefined || random.chance(0.7)) actors.set(userID, newer);
    } else {
      await recording.execute(anything(random, actor, step));
    }
  }
  const pairs = USERS.flatMap((one) => USERS.map((other) => c2cLog(APP, one, other)));
  const users = USERS.flatMap((userID) => [userScope(APP, userID), `${userScope(APP, userID)}/system`]);
  return {
    commands,
    scopes: [...users, ...pairs, ...GROUPS.map((id) => groupLog(APP, id)), topicLog(APP, TOPIC), `d/${APP}`],
  };
}

function anything(random: SeededRandom, actor: Actor, step: number): Command {
  const nowMs = 1_700_000_000_000 + step * 100 - (random.chance(0.1) ? 5_000 : 0);
  const groupID = random.pick(GROUPS);
  const peer = random.pick([...USERS, 'nobody']);
  const userIDs = [peer, random.pick(USERS)];
  const conversationID = random.pick([`C2C${peer}`, `GROUP${groupID}`, `GROUP${TOPIC}`]);
  const some = random.below(100);
  if (some < 5) {
    const action = random.pick(['add', 'remove'] as const);
    return { type: 'blacklist.change', body: { actor, action, userIDs, nowMs } };
  }
  if (some < 9) {
    const request = { userID: peer, both: random.chance(0.5), source: 'AddSource_Type_Web' };
    return { type: 'friend.add', body: { actor, request, nowMs } };
  }
  if (some < 12) return { type: 'friend.delete', body: { actor, userIDs, both: random.chance(0.5) } };
  if (some < 15) {
    const action = random.pick(['add', 'remove'] as const);
    return { type: 'follow.change', body: { actor, action, userIDs, nowMs } };
  }
  if (some < 40) {
    const clientID = random.chance(0.15) ? 'again' : `m-${step}`;
    return sendCommand(actor, {
      conversationID,
      clientID,
      text: random.pick(['hello', 'good morning']),
      nowMs,
    });
  }
  if (some < 58) {
    return { type: 'conversation.read', body: { actor, conversationID, seq: random.below(12), nowMs } };
  }
  if (some < 64) {
    const conversationIDs = [conversationID, `C2C${random.pick(USERS)}`];
    return {
      type: 'conversation.delete',
      body: { actor, conversationIDs, clearHistory: random.chance(0.5) },
    };
  }
  if (some < 74) {
    const isTown = groupID === '@TGS#_town';
    const type = isTown ? ('Community' as const) : random.pick(['Private', 'Public'] as const);
    const request = { type, name: groupID, isSupportTopic: isTown };
    return {
      type: 'group.create',
      body: { actor, groupID, wished: true, request, needsConsent: false, nowMs },
    };
  }
  if (some < 82)
    return {
      type: 'group.addMembers',
      body: { actor, groupID, userIDs, admins: ['ann'], needsConsent: random.chance(0.3), nowMs },
    };
  if (some < 86) return { type: 'group.deleteMembers', body: { actor, groupID, userIDs, reason: '', nowMs } };
  if (some < 90)
    return { type: 'group.join', body: { actor, groupID, applyMessage: 'hi', admins: ['ann'], nowMs } };
  if (some < 93) return { type: 'group.quit', body: { actor, groupID, nowMs } };
  if (some < 95) return { type: 'group.dismiss', body: { actor, groupID, nowMs } };
  if (some < 97) {
    const request = { groupID: '@TGS#_town', name: 'square' };
    return { type: 'topic.create', body: { actor, topicID: TOPIC, request, nowMs } };
  }
  if (some < 98) {
    return {
      type: 'profile.update',
      body: { actor, changes: { nick: `nick ${step}` }, customFields: [], nowMs },
    };
  }
  return { type: 'session.logout', body: { actor } };
}
