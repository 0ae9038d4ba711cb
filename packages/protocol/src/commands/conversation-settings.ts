import * as v from 'valibot';
import { conversationID, count, text } from '../ids.ts';
import { conversationChanges, conversationGroup, receiveOption } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

const conversationIDs = (max: number) => v.pipe(v.array(conversationID), v.minLength(1), v.maxLength(max));

/** What became of each conversation of a list. */
const results = v.object({
  done: v.array(conversationID),
  failed: v.array(v.object({ conversationID, code: count, text: v.string() })),
});

const mark = v.pipe(v.string(), v.regex(/^[0-9]{1,20}$/));

/** Sets what I keep about conversations: pin, remind type, custom data, marks (those to add and to take off). */
export const changeConversations = command('conversation.change', {
  request: v.pipe(
    v.object({
      conversationIDs: conversationIDs(LIMITS.conversationsAtOnce),
      changes: v.omit(conversationChanges, ['marks']),
      mark: v.optional(v.object({ add: v.array(mark), remove: v.array(mark) })),
    }),
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

export const setReceiveOption = command('receiveOption.set', {
  request: v.object({ option: receiveOption }),
  reply: v.object({}),
});

export const getReceiveOption = command('receiveOption.get', {
  request: v.object({}),
  reply: v.object({ option: receiveOption }),
});
