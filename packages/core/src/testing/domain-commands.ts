import type { Actor } from '../actor.ts';
import type { Store } from '../ports/store.ts';
import { signalElement } from '../signaling/signal.ts';
import type { Command, CommandReply } from '../transaction/command.ts';

const APP = 1;
const START_MS = 1_700_000_000_000;

/** A command that logs a user in, on one instance of that user's own. */
export function loginCommand(userID: string, instanceID = `${userID}-web`, nowMs = START_MS): Command {
  const policy = { mode: 'multi', instances: { web: 0, other: 0 } } as const;
  const platform = 'web' as const;
  return {
    type: 'session.login',
    body: { app: APP, userID, instanceID, platform, sigTimeS: nowMs / 1000, nowMs, policy },
  };
}

/** Logs a user in and answers who that makes them. */
export async function loggedIn(store: Store, userID: string, instanceID = `${userID}-web`): Promise<Actor> {
  const outcome = await store.execute(loginCommand(userID, instanceID));
  if (!outcome.ok) throw new Error(`${userID} could not log in: ${outcome.refusal.reason}`);
  const { epoch } = outcome.reply as CommandReply<'session.login'>;
  return { app: APP, userID, session: { instanceID, epoch, platform: 'web' } };
}

/** A text message. */
export function sendCommand(
  actor: Actor,
  to: { conversationID: string; clientID: string; text: string; nowMs?: number },
): Command {
  const elements = [{ type: 'TIMTextElem' as const, payload: { text: to.text } }];
  const request = { conversationID: to.conversationID, clientID: to.clientID, elements };
  return {
    type: 'message.send',
    body: { actor, request, nowMs: to.nowMs ?? START_MS },
  };
}

/** An invitation, one-to-one, whose ID names its timeout in seconds. */
export function inviteCommand(actor: Actor, peer: string, timeout: number): Command {
  const inviteID = `i-${timeout}`;
  const { userID: inviter } = actor;
  const signal = { inviteID, inviter, inviteeList: [peer], groupID: '', data: '', timeout, actionType: 1 };
  const request = { conversationID: `C2C${peer}`, clientID: inviteID, elements: [signalElement(signal)] };
  return { type: 'message.send', body: { actor, request, nowMs: START_MS } };
}

/** Part of a list of merged messages that is kept apart: one message. */
export function keepMergerCommand(
  actor: Actor,
  { key, after, nowMs = START_MS }: { key: string; after: number; nowMs?: number },
): Command {
  const messageBody = [{ type: 'TIMTextElem', payload: { text: `${after}` } }];
  const messages = [{ ID: `${after}`, from: actor.userID, nick: '', avatar: '', time: 1, messageBody }];
  return { type: 'merger.keep', body: { actor, key, after, messages, nowMs } };
}
