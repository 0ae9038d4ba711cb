import { LIMITS, type ReplyOf, type RequestOf, type SimplifiedMessage, utf8Bytes } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { mergedWithFreshLinks } from '../uploads/fresh-links.ts';
import { loadReader } from '../conversations/reader.ts';
import { runCommand } from '../delivery/run-command.ts';
import type { CoreDeps, ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { decode, type DueMerger, type Merger, toJson } from '../records.ts';
import { isSameJson } from '../same-json.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import type { UseCases } from '../use-case.ts';
import { isUsed, mergerKeysIn, mergersWithin, requireFew } from './merger-uses.ts';
import { requireVisible } from './read-message-extras.ts';

/** Unguessable: who has a key was given it by a message. */
const KEY_LENGTH = 26;

export interface KeepMergerBody {
  actor: Actor;
  key: string;
  after: number;
  messages: readonly SimplifiedMessage[];
  nowMs: number;
}

const dueOf = ({ actor: { app }, key: mergerKey, nowMs }: KeepMergerBody): DueMerger => ({
  app,
  mergerKey,
  dueMs: nowMs + LIMITS.mergerUnsentMs,
});

/** Adds a part to the list. The parts before are there already, and this one may be too. */
export const keepMerger: Decision<KeepMergerBody, { key: string }> = {
  locks(body) {
    const { actor, key, after } = body;
    const timers = after === 0 ? [keys.mergerTimer(dueOf(body))] : [];
    return mergeLocks([keys.merger(actor.app, key), ...timers], [userScope(actor.app, actor.userID)]);
  },

  decide(tx, body) {
    const { actor, key, after, messages } = body;
    requireSession(tx, actor);
    const { app, userID } = actor;
    const merger: Merger = decode.merger(tx.get(keys.merger(app, key))) ?? {
      by: userID,
      count: 0,
      bytes: 0,
      nested: [],
    };
    const partKey = keys.mergerPart(app, key, after);
    const stored = tx.get(partKey);
    if (stored !== undefined && isSameJson(stored, messages)) return { key };
    if (merger.by !== userID || merger.count !== after || isUsed(tx, app, key))
      throw new ImError('mergerNotFound', 'not the next part');
    const next = {
      by: userID,
      count: after + messages.length,
      bytes: merger.bytes + utf8Bytes(JSON.stringify(messages)),
      nested: nestedIn(tx, actor.app, messages, merger),
    };
    if (next.count > LIMITS.mergedMessages || next.bytes > LIMITS.mergerBytes)
      throw new ImError('messageTooLong', `${next.count} merged messages of ${next.bytes} bytes`);
    if (after === 0) tx.set(keys.mergerTimer(dueOf(body)), toJson(dueOf(body)));
    tx.set(partKey, toJson(messages));
    tx.set(keys.merger(app, key), toJson(next));
    return { key };
  },
};

/** The lists that can be opened from this one, those of earlier parts included. What is sent once never changes: no lock is needed. */
function nestedIn(
  tx: Transaction,
  app: number,
  messages: readonly SimplifiedMessage[],
  { nested }: Merger,
): string[] {
  const named = mergerKeysIn(messages);
  const inner = named.flatMap((key) => decode.merger(tx.peek(keys.merger(app, key)))?.nested ?? []);
  const all = new Set([...nested, ...named, ...inner]);
  requireFew(all.size);
  return [...all];
}

/** The message shows that its reader may have the list: once it is recalled, or its reader gone, the key opens nothing. */
async function loadMerger(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seq, key, after }: RequestOf<'merger.load'>,
): Promise<ReplyOf<'merger.load'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const message = await requireVisible(deps, reader, seq);
  if (!(await mergersWithin(deps, app, message.elements)).includes(key)) throw new ImError('mergerNotFound');
  const [header, part] = await deps.store.get([keys.merger(app, key), keys.mergerPart(app, key, after)]);
  const merger = decode.merger(header);
  if (merger === undefined || part === undefined) throw new ImError('mergerNotFound');
  const messages = [...decode.mergerPart(part)];
  const next = after + messages.length;
  return { messages: mergedWithFreshLinks(deps, messages), ...(next < merger.count && { next }) };
}

/** Merged messages that are longer than a message may be. */
export const mergerUseCases: UseCases<'merger.keep' | 'merger.load'> = {
  'merger.keep': (deps: CoreDeps, actor, { key = deps.random.id(KEY_LENGTH), after, messages }) =>
    runCommand(deps, {
      type: 'merger.keep',
      body: { actor, key, after, messages, nowMs: deps.clock.nowMs() },
    }),
  'merger.load': loadMerger,
};
