import * as v from 'valibot';
import { conversationID, count, remindType, text } from '../ids.ts';
import { conversationChanges, conversationGroup, receiveOption } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

const conversationIDs = (max: number) => v.pipe(v.array(conversationID), v.minLength(1), v.maxLength(max));

/** What became of each conversation of a list. */
const results = v.object({
  done: v.array(conversationID),
  failed: v.array(v.object({ conversationID, code: count, text: v.string() })),
});

/** Those that are published, and those to which an application may give a meaning: so few that all of them may be set. */
const MARKS: readonly string[] = [
  ...['1', '2', '4', '8'],
  ...Array.from({ length: 32 }, (_, index) => String(2n ** BigInt(32 + index))),
];
const mark = v.picklist(MARKS);

const changes = v.object({
  ...v.omit(conversationChanges, ['marks']).entries,
  remindType: v.optional(remindType),
});

/** Sets what I keep about conversations: pin, remind type, custom data, marks (those to add and to take off). */
export const changeConversations = command('conversation.change', {
  request: v.pipe(
    v.object({
      conversationIDs: conversationIDs(LIMITS.conversationsAtOnce),
      changes,
      mark: v.optional(v.object({ add: v.array(mark), remove: v.array(mark) })),
    }),
    v.check(
      ({ changes, mark }) =>
        Object.keys(changes).length > 0 || (mark !== undefined && mark.add.length + mark.remove.length > 0),
      'nothing is to be changed',
    ),
    v.check(
      ({ conversationIDs: { length }, changes }) =>
        changes.remindType === undefined || length <= LIMITS.usersMuted,
      `more than ${LIMITS.usersMuted} are muted at once`,
    ),
  ),
  reply: results,
});

/** Marks conversations of a kind as read to their ends. */
export const readAll = command('conversation.readAll', {
  request: v.object({ scope: v.picklist(['all', 'c2c', 'group']) }),
  reply: v.object({}),
});

export const listConversationGroups = command('conversationGroup.list', {
  request: v.object({}),
  reply: v.object({ groups: v.array(conversationGroup) }),
});

const name = v.pipe(text(LIMITS.conversationGroupNameBytes), v.minLength(1));

/** Makes, fills, empties, renames or deletes a group of my conversations. */
export const changeConversationGroup = command('conversationGroup.change', {
  request: v.object({
    action: v.picklist(['create', 'delete', 'rename', 'add', 'remove']),
    name,
    newName: v.optional(name),
    conversationIDs: v.optional(v.pipe(v.array(conversationID), v.maxLength(LIMITS.conversationsAtOnce))),
  }),
  reply: results,
});

const DAY_S = 24 * 3600;

export const setReceiveOption = command('receiveOption.set', {
  request: v.object({
    option: v.object({
      ...receiveOption.entries,
      remindType: v.optional(remindType),
      startSecond: v.optional(v.pipe(count, v.maxValue(DAY_S - 1))),
      durationS: v.optional(v.pipe(count, v.maxValue(DAY_S))),
    }),
  }),
  reply: v.object({}),
});

export const getReceiveOption = command('receiveOption.get', {
  request: v.object({}),
  reply: v.object({ option: receiveOption }),
});
