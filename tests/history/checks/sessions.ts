import type { MetaLine, SessionLine, Violation } from '../history.ts';
import type { Model } from '../model.ts';

/** How a session of the store ended, as the policy and the order of the commits have it. */
interface Expected {
  epoch: number;
  instance: string;
  platform: string;
  /** The commit that ended it, and by what. */
  ended?: { commit: number; t: number; how: 'logout' | 'replaced' | 'multipleAccount' | 'multipleDevice' };
}

/**
 * C13: of the sessions of a user, exactly those live that the policy lets live; the others are told once, with the reason,
 * stay away, and nothing they send after their end has an effect.
 */
export function exactKicks(model: Model): Violation[] {
  const { meta } = model;
  if (meta === undefined) return [];
  const found: Violation[] = [];
  for (const [user, changes] of Map.groupBy(model.sessions, (line) => line.user)) {
    const expected = byPolicy(changes, meta.policy);
    found.push(...rightOnesLive(model, user, expected));
    const sessionOf = sessionsByEpoch(model, user);
    for (const each of expected) {
      const session = sessionOf.get(each.epoch);
      if (session === undefined) continue;
      found.push(...toldOnce(model, session, each), ...noEffectAfter(model, session, each));
    }
  }
  return [...found, ...stayAway(model)];
}

/** The policy's table, from its published description: which platforms share a place under each mode. */
function place(mode: MetaLine['policy']['mode'], platform: string): string {
  const web = platform === 'web' || platform === 'miniprogram';
  const desktop = ['windows', 'mac', 'linux'].includes(platform);
  if (mode === 'single') return 'the only one';
  if (web) return 'web';
  if (mode === 'dual') return 'native';
  if (mode === 'triple') return desktop ? 'desktop' : 'mobile';
  return platform;
}

const pool = (platform: string) => (platform === 'miniprogram' ? 'web' : platform);

/** Plays the logins and logouts of one user, in the order of their commits. */
function byPolicy(changes: readonly SessionLine[], policy: MetaLine['policy']): Expected[] {
  const all: Expected[] = [];
  let live: Expected[] = [];
  for (const change of [...changes].sort((a, b) => a.commit - b.commit)) {
    const end = (session: Expected, how: NonNullable<Expected['ended']>['how']) => {
      session.ended = { commit: change.commit, t: change.t, how };
      live = live.filter((other) => other !== session);
    };
    if (change.change === 'end') {
      const gone = live.find((session) => session.epoch === change.epoch);
      if (gone) end(gone, 'logout');
      continue;
    }
    const platform = change.platform ?? 'web';
    const newcomer: Expected = { epoch: change.epoch, instance: change.instance, platform };
    for (const session of live.filter((other) => other.instance === newcomer.instance))
      end(session, 'replaced');
    const alike = live.filter((other) => pool(other.platform) === pool(platform));
    const instances = pool(platform) === 'web' ? policy.instances.web : policy.instances.other;
    const most = instances === 0 ? Number.POSITIVE_INFINITY : instances;
    while (alike.length >= most) {
      const oldest = alike.shift();
      if (oldest) end(oldest, 'multipleAccount');
    }
    for (const other of [...live]) {
      const shares = place(policy.mode, other.platform) === place(policy.mode, platform);
      if (shares && pool(other.platform) !== pool(platform)) end(other, 'multipleDevice');
    }
    live.push(newcomer);
    all.push(newcomer);
  }
  return all;
}

function rightOnesLive(model: Model, user: string, expected: readonly Expected[]): Violation[] {
  const live = model.live.get(user);
  if (live === undefined) return [];
  const wanted = expected.filter((session) => session.ended === undefined).map((session) => session.epoch);
  const [got, want] = [[...live].sort((a, b) => a - b).join(', '), wanted.sort((a, b) => a - b).join(', ')];
  if (got === want) return [];
  return [
    { check: 'C13', text: `${user}: sessions ${got || 'none'} live; by the policy it is ${want || 'none'}` },
  ];
}

function sessionsByEpoch(model: Model, user: string): Map<number, string> {
  const sessions = new Map<number, string>();
  for (const wire of model.wires) {
    if (wire.what === 'session' && wire.user === user) sessions.set(wire.epoch, wire.session);
  }
  return sessions;
}

function toldOnce(model: Model, session: string, expected: Expected): Violation[] {
  const kicks = model.states.filter((state) => state.session === session && state.state === 'kicked');
  const types = kicks.map((kick) => kick.type ?? '').join(', ');
  const how = expected.ended?.how;
  if (how !== 'multipleAccount' && how !== 'multipleDevice') {
    if (kicks.length === 0) return [];
    return [{ check: 'C13', text: `${session} was told ${types}, but nothing ended it` }];
  }
  const leftItself = [...model.calls.values()].some(
    (call) => call.name === 'logout' && call.session === session,
  );
  if (kicks.length === 1 && types === how) return [];
  if (kicks.length === 0 && leftItself) return [];
  return [{ check: 'C13', text: `${session} was ended (${how}) and told ${types || 'nothing'}` }];
}

/** Fencing: what a session sent stands before the commit that ended it; what it sent after the winner's answer stands nowhere. */
function noEffectAfter(model: Model, session: string, expected: Expected): Violation[] {
  const { ended } = expected;
  if (ended === undefined || ended.how === 'logout') return [];
  const found: Violation[] = [];
  for (const call of model.sends()) {
    if (call.session !== session || call.body === undefined) continue;
    if ((model.senderOf.get(call.body)?.sessions.size ?? 0) > 1) continue;
    const commit = model.byBody.get(call.body)?.entry.commit;
    if (commit === undefined || commit < ended.commit) continue;
    found.push({
      check: 'C13',
      text: `"${call.body}" of ${session} was stored after another login had ended that session`,
    });
  }
  return found;
}

/** Who was kicked stays away until the application logs in again. */
function stayAway(model: Model): Violation[] {
  const found: Violation[] = [];
  const kicked = new Set<string>();
  const events = [...model.states, ...model.wires].sort((a, b) => a.at - b.at);
  for (const event of events) {
    if (event.op === 'state' && event.state === 'kicked') kicked.add(event.session);
    if (event.op === 'wire' && event.what === 'login' && kicked.has(event.session)) {
      found.push({ check: 'C13', text: `${event.session} was kicked and connected again by itself` });
    }
  }
  return found;
}
