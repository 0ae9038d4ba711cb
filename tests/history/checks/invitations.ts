import type { LogEntry, Step, Violation } from '../history.ts';
import type { Model } from '../model.ts';

const INVITE = 1;
const CANCEL = 2;
const TIMEOUT = 5;

/** How late a timeout may be told when nothing is wrong: nodes look for what is due a few times a second. */
const TIMEOUT_LATE_MS = 3_000;

/** One invitation as the logs have it. */
interface Told {
  inviteID: string;
  conv: string;
  invite: LogEntry;
  step: Step;
  /** What became of each invitee, in the order of the log. */
  outcomes: Map<string, { actionType: number; entry: LogEntry }[]>;
}

const violation = (check: string, text: string): Violation => ({ check, text });

/** C18: an invitee has one outcome at most, it follows the invitation, and says itself who had the right to it. */
export function oneOutcomeEach(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const { inviteID, step, invite, outcomes } of invitationsOf(model, found).values()) {
    for (const [user, ends] of outcomes) {
      const kinds = ends.map(({ actionType }) => actionType).join();
      if (!step.users.includes(user))
        found.push(violation('C18', `${inviteID}: ${user}, who was not invited, has outcome ${kinds}`));
      if (ends.length > 1) found.push(violation('C18', `${inviteID}: ${user} has outcomes ${kinds}`));
      const stranger = ends.find(
        ({ actionType, entry }) => entry.from !== authorOf(actionType, invite, user),
      );
      if (stranger) found.push(violation('C18', `${inviteID}: outcome of ${user} by ${stranger.entry.from}`));
    }
  }
  return found;
}

const authorOf = (actionType: number, invite: LogEntry, user: string): string | undefined =>
  actionType === CANCEL || actionType === TIMEOUT ? invite.from : user;

/** C18: no timeout is early, no answer late, and every timeout is told. */
export function timeoutsOnTime(model: Model): Violation[] {
  if (!model.meta?.clocksTrue) return [];
  const found: Violation[] = [];
  for (const { inviteID, conv, step, invite, outcomes } of invitationsOf(model, []).values()) {
    if (step.timeoutS === 0 || invite.at === undefined) continue;
    const dueMs = (invite.timeMs ?? 0) + step.timeoutS * 1000;
    for (const { actionType, entry } of [...outcomes.values()].flat()) {
      const lateMs = (entry.timeMs ?? 0) - dueMs;
      if (actionType === TIMEOUT ? lateMs < 0 : lateMs > 0)
        found.push(violation('C18', `${inviteID} has outcome ${actionType} ${lateMs} ms after its time`));
    }
    const isOver = invite.at + step.timeoutS * 1000 + TIMEOUT_LATE_MS < model.endedAt;
    const waiting = step.users.filter((user) => !outcomes.has(user));
    if (isOver && waiting.length > 0 && mayBeTold(model, conv, invite, waiting))
      found.push(violation('C18', `${inviteID}: nobody was told that ${waiting.join()} let it pass`));
  }
  return found;
}

/** Not where the group is gone, nor where the invitee has blocked the inviter: then the inviter alone hears of it. */
function mayBeTold(
  { logs, blocks }: Model,
  conv: string,
  invite: LogEntry,
  waiting: readonly string[],
): boolean {
  const isDismissed = logs
    .get(conv)
    ?.entries.some((entry) => entry.kind === 'left' && entry.users === undefined);
  return !isDismissed && !blocks.some(({ user, other }) => waiting.includes(user) && other === invite.from);
}

/** C18: no device is told of an end that is not the log's, or of two; and one that was rung up is told of the end. */
export function ringsAgree(model: Model): Violation[] {
  const found: Violation[] = [];
  const invitations = invitationsOf(model, []);
  const told = new Map<string, Map<string, number>>();
  const loggedAt = model.lines.findIndex(({ op }) => op === 'log');
  for (const { inviteID, session, actionType, users, at } of model.rings) {
    const outcomes = invitations.get(inviteID)?.outcomes;
    const key = `${session} ${inviteID}`;
    const known = told.get(key) ?? new Map<string, number>();
    told.set(key, known);
    for (const user of actionType === CANCEL ? ['everybody'] : users) {
      const isSame = actionType === INVITE ? known.has(`ring ${user}`) : known.has(user);
      if (isSame)
        found.push(violation('C18', `${session} was told ${actionType} of ${inviteID} and ${user} again`));
      known.set(actionType === INVITE ? `ring ${user}` : user, actionType);
      // A server whose clock went back lets times pass after the logs were read, too.
      const isUnstored =
        actionType === TIMEOUT &&
        (at > loggedAt || isTimeoutUnstored(model, user, invitations.get(inviteID)));
      const ends =
        actionType === CANCEL ? [...(outcomes?.values() ?? [])].flat() : (outcomes?.get(user) ?? []);
      if (actionType !== INVITE && !isUnstored && !ends.some((end) => end.actionType === actionType))
        found.push(
          violation('C18', `${session} was told ${actionType} of ${inviteID}, which the log has not`),
        );
    }
  }
  return [...found, ...ringingStill(model, invitations, told)];
}

/** Nothing is stored in a dismissed group, nor told as if by them to who has blocked the inviter: the server is asked. */
const isTimeoutUnstored = (model: Model, invitee: string, told: Told | undefined): boolean =>
  told !== undefined && !mayBeTold(model, told.conv, told.invite, [invitee]);

/** Whoever is still rung up in the end, for what is over. */
function ringingStill(
  model: Model,
  invitations: ReadonlyMap<string, Told>,
  told: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Violation[] {
  const found: Violation[] = [];
  const steps = new Set(
    model.sends().flatMap(({ session, end }) => (end?.message ? [`${session} ${end.message.id}`] : [])),
  );
  for (const { session, user } of model.finals.filter((line) => line.kind === 'device')) {
    for (const { inviteID, outcomes } of invitations.values()) {
      const known = told.get(`${session} ${inviteID}`);
      const [end] = outcomes.get(user) ?? [];
      if (!known?.has(`ring ${user}`) || end === undefined) continue;
      if (known.has(user) || known.has('everybody') || steps.has(`${session} ${end.entry.id}`)) continue;
      found.push(
        violation('C18', `${session} is still rung up by ${inviteID}, which ended with ${end.actionType}`),
      );
    }
  }
  return found;
}

function invitationsOf({ logs }: Model, found: Violation[]): Map<string, Told> {
  const all = new Map<string, Told>();
  for (const { conv, messages } of logs.values()) {
    for (const entry of messages) {
      const { step } = entry;
      if (step === undefined) continue;
      const { inviteID, actionType } = step;
      const known = all.get(inviteID);
      if (actionType === INVITE && known) found.push(violation('C18', `${inviteID} is there twice`));
      if (actionType === INVITE) {
        all.set(inviteID, { inviteID, conv, invite: entry, step, outcomes: new Map() });
      } else if (known?.conv !== conv) found.push(violation('C18', `${inviteID} ends before it begins`));
      else end(known, entry, step);
    }
  }
  return all;
}

function end({ step: invited, outcomes }: Told, entry: LogEntry, { actionType, users }: Step): void {
  const concerned =
    actionType === CANCEL
      ? invited.users.filter((user) => !outcomes.has(user))
      : actionType === TIMEOUT
        ? users
        : [entry.from ?? ''];
  for (const user of concerned.length > 0 ? concerned : invited.users)
    outcomes.set(user, [...(outcomes.get(user) ?? []), { actionType, entry }]);
}
