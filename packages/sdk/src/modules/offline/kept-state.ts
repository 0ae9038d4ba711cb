import type { Cursor } from '@sterna/protocol';
import { STERNA_VERSION } from '../../constants.ts';
import { CACHED_CHARS, CACHED_CONVERSATIONS, CACHED_MESSAGES } from '../../limits.ts';
import type { Conversation } from '../../types/conversation.ts';
import type { Message } from '../../types/message.ts';
import { inListOrder, type Held } from '../conversations/conversation-store.ts';
import type { EngineContext } from '../engine-module.ts';
import { parsedJson } from '../../messages/values.ts';
import { blank, targetOf } from '../messages/message-from.ts';
import { createWindow } from '../messages/window.ts';

type Stores = Pick<EngineContext, 'conversations' | 'groups' | 'profiles' | 'sync'>;

/**
 * What a device held at one moment: the positions up to which the logs were applied, and what came of it. A later life goes on from
 * there as after a lost connection: the server sends what happened since, recalls and deletions among it, or says that it cannot.
 * Places instead of names: each bundle calls internal members as it likes. Another version of the SDK may hold things otherwise.
 */
type KeptState = [
  version: string,
  userID: string,
  cursor: Cursor,
  isWhole: boolean,
  groupIDs: string[],
  conversations: KeptConversation[],
];

type KeptConversation = [
  view: Conversation,
  messages: Message[],
  uncounted: number[],
  deleted: number[],
  /** Nothing where it is not known which message comes first. */
  floor: number | null,
  start: number,
  locals: [message: Message, after: number][],
  isHidden: boolean,
  numbers: Numbers,
];

type Numbers = [
  seq: number,
  logSeq: number,
  readSeq: number,
  peerReadSeq: number,
  countedPos: number,
  memberPos: number,
  hiddenSeq: number,
  lastMs: number,
];

/** The state as a text within the bounds; nothing while there is none that another life could go on from. */
export function keptText(stores: Stores, userID: string): string | undefined {
  const cursor = stores.sync.cursor();
  const all = [...stores.conversations.all()];
  // What is read here and not told there would count as unread again.
  if (!cursor || all.some(({ readSeq, toldSeq }) => readSeq > toldSeq)) return undefined;
  const held = inOrder(all).filter(({ view }) => cursor.conversations[view.conversationID] !== undefined);
  for (const [conversations, messages] of BOUNDS) {
    const kept = held.slice(0, conversations);
    const state: KeptState = [
      STERNA_VERSION,
      userID,
      { ...cursor, conversations: positionsOf(kept, cursor) },
      stores.sync.isWhole() && kept.length === all.length,
      stores.groups.mine().map(({ groupID }) => groupID),
      kept.map((one) => pack(one, messages)),
    ];
    const text = JSON.stringify(state);
    if (text.length <= CACHED_CHARS) return text;
  }
  return undefined;
}

/** Few messages are better than none, and a list of some conversations better than no list. */
const BOUNDS = [
  [CACHED_CONVERSATIONS, CACHED_MESSAGES],
  [CACHED_CONVERSATIONS, 5],
  [CACHED_CONVERSATIONS / 2, 1],
  [CACHED_CONVERSATIONS / 10, 1],
] as const;

/** Fills the stores, which are empty, with this user's state; false where the text is of another user, or of no use. */
export function restoreKept(stores: Stores, userID: string, text: string): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: nobody but this version of this file writes it
  const state = parsedJson(text) as KeptState | undefined;
  if (!state || state[0] !== STERNA_VERSION || state[1] !== userID) return false;
  const [, , cursor, isWhole, groupIDs, conversations] = state;
  groupIDs.forEach(stores.groups.join);
  for (const kept of conversations) unpack(stores, kept);
  stores.sync.restore(cursor, isWhole);
  return true;
}

/** As the list shows them; what it does not show comes last. */
function inOrder(all: readonly Held[]): Held[] {
  return [...all].sort((a, b) => Number(a.isHidden) - Number(b.isHidden) || inListOrder(a, b));
}

function positionsOf(kept: readonly Held[], { conversations }: Cursor): Cursor['conversations'] {
  const positions: Cursor['conversations'] = {};
  for (const { view } of kept) positions[view.conversationID] = conversations[view.conversationID] || 0;
  return positions;
}

function pack(held: Held, most: number): KeptConversation {
  const { view, window, isHidden } = held;
  const seqs = [...window.bySeq.keys()].sort((a, b) => a - b);
  const kept = seqs.slice(-most);
  const [dropped] = seqs.slice(-most - 1, -most);
  const floor = dropped === undefined ? window.floorSeq : Math.max(window.floorSeq, dropped + 1);
  const messages: Message[] = [];
  for (const seq of kept) {
    const message = window.bySeq.get(seq);
    if (message) messages.push(withoutRecalled(message));
  }
  return [
    { ...view, lastMessage: withoutRecalled(view.lastMessage) },
    messages,
    [...window.uncounted].filter((seq) => seq >= (kept[0] || 0)),
    [...window.deleted].filter((seq) => seq >= (kept[0] || 0)),
    Number.isFinite(floor) ? floor : null,
    window.start,
    // A file is gone with the page that chose it.
    window.locals
      .filter(({ message }) => !('file' in message.payload))
      .slice(-most)
      .map(({ message, after }) => [message, after]),
    isHidden,
    [
      held.seq,
      held.logSeq,
      held.readSeq,
      held.peerReadSeq,
      held.countedPos,
      held.memberPos,
      held.hiddenSeq,
      held.lastMs,
    ],
  ];
}

function unpack({ conversations, groups, profiles }: Stores, kept: KeptConversation): void {
  const [view, messages, uncounted, deleted, floor, start, locals, isHidden, numbers] = kept;
  const { groupProfile, userProfile, ...plain } = view;
  const held = conversations.hold(view.conversationID);
  const target = targetOf(view.conversationID);
  if (view.type === 'GROUP') Object.assign(groups.of(target), groupProfile);
  if (view.type === 'C2C') Object.assign(profiles.of(target), userProfile);
  Object.assign(held.view, plain);
  if (view.type === 'GROUP') held.view.groupProfile.lastMessage = held.view.lastMessage;
  held.isHidden = isHidden;
  [
    held.seq,
    held.logSeq,
    held.readSeq,
    held.peerReadSeq,
    held.countedPos,
    held.memberPos,
    held.hiddenSeq,
    held.lastMs,
  ] = numbers;
  held.toldSeq = held.readSeq;
  held.window = {
    ...createWindow(floor === null ? Infinity : floor),
    start,
    // Whether one that was under way arrived is not known: sent again, it is the same message.
    locals: locals.map(([message, after]) => ({ message: Object.assign(message, FAILED), after })),
  };
  for (const message of messages) held.window.bySeq.set(message.sequence, message);
  for (const seq of uncounted) held.window.uncounted.add(seq);
  for (const seq of deleted) held.window.deleted.add(seq);
}

const FAILED = { status: 'fail' } as const;

/** Even the sender's own words, which a page still shows, do not outlive it. */
function withoutRecalled<Shown extends { isRevoked: boolean; payload: object }>(shown: Shown): Shown {
  return shown.isRevoked ? { ...shown, payload: blank(shown.payload) } : shown;
}
