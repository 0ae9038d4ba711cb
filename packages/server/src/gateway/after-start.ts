import type { Clock, CustomStatus } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { LiveSession } from './session.ts';

/** What a login says of before: whether its session went on, and what is stored of what its user said. */
export interface Arrival {
  resumed: boolean;
  status?: CustomStatus;
}

/** A node that starts remembers nobody, and its users were only cut off by that: how they come to show as they did. */
export interface AfterStart {
  /** Gives what the user said before, where it is to show again; `here` is what they say on this node. */
  arrive(session: LiveSession, arrival: Arrival, here: CustomStatus | undefined): CustomStatus | undefined;
  /** Whether those whom the session knew may yet come back: until then it is not told that they went. */
  awaits(session: LiveSession | undefined): boolean;
  /** What was said before goes on where a node says it still, and is over where none does. */
  settle(app: number, userID: string, said: CustomStatus): void;
  /** The node goes: nothing is over by that. */
  stop(): void;
}

export function createAfterStart(parts: {
  clock: Clock;
  /** What the user says now, by the words of all nodes. */
  ask(app: number, userID: string): Promise<string>;
  /** Another node says it: so does this one. */
  goOn(app: number, userID: string, said: CustomStatus): void;
  /** What the user said is over, unless they have said something since. */
  forget(app: number, userID: string, setMs: number): Promise<void>;
  failed(error: unknown): void;
}): AfterStart {
  const { clock } = parts;
  const startedMs = clock.monotonicMs();
  const leftMs = (ofMs: number): number => startedMs + ofMs - clock.monotonicMs();
  const resumed = new WeakSet<LiveSession>();
  const unsettled: (() => void)[] = [];
  let stopWaiting: (() => void) | undefined;
  let isStopping = false;

  async function settleNow(app: number, userID: string, said: CustomStatus): Promise<void> {
    const now = await parts.ask(app, userID);
    if (isStopping) return;
    if (now === said.text) parts.goOn(app, userID, said);
    else await parts.forget(app, userID, said.setMs);
  }

  const settle: AfterStart['settle'] = (app, userID, said) =>
    void settleNow(app, userID, said).catch(parts.failed);

  /** Who came anew says nothing yet, but another session of theirs may still bring it back. */
  function settleOnceAllCame(app: number, userID: string, said: CustomStatus): void {
    const waitMs = leftMs(LIMITS.statusReturnMs);
    if (waitMs <= 0) return settle(app, userID, said);
    unsettled.push(() => settle(app, userID, said));
    stopWaiting ??= clock.after(waitMs, () => {
      for (const one of unsettled.splice(0)) one();
    });
  }

  return {
    arrive(session, { resumed: wentOn, status: said }, here) {
      if (wentOn) resumed.add(session);
      if (said === undefined || said.setMs <= (here?.setMs ?? 0)) return undefined;
      if (wentOn && leftMs(LIMITS.statusReturnMs) > 0) return said;
      settleOnceAllCame(session.actor.app, session.actor.userID, said);
      return undefined;
    },
    awaits: (session) =>
      session !== undefined && resumed.has(session) && !isStopping && leftMs(LIMITS.statusGraceMs) > 0,
    settle,
    stop() {
      isStopping = true;
      stopWaiting?.();
    },
  };
}
