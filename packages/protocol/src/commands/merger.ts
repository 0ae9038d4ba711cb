import * as v from 'valibot';
import { simplifiedMessage } from '../elements.ts';
import { conversationID, count, text } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

const key = v.pipe(text(LIMITS.mergerKeyLength), v.minLength(1));

/**
 * Keeps the list of a merged message that is longer than a message may be, part by part: the first part gets a key, each later one
 * names it and how many were there before. Repeating a part changes nothing. The message then carries the key and an empty list.
 * A list that no message uses within a day of its first part is collected.
 */
export const keepMerger = command('merger.keep', {
  request: v.object({
    key: v.optional(key),
    after: v.pipe(count, v.maxValue(LIMITS.mergedMessages)),
    messages: v.pipe(v.array(simplifiedMessage), v.minLength(1), v.maxLength(LIMITS.mergedMessages)),
  }),
  reply: v.object({ key }),
});

/**
 * The list that a message I may see has the key of, or a message inside of it at any depth, part by part: the next one begins at
 * `next`.
 */
export const loadMerger = command('merger.load', {
  request: v.object({ conversationID, seq: v.pipe(count, v.minValue(1)), key, after: count }),
  reply: v.object({ messages: v.array(simplifiedMessage), next: v.optional(count) }),
});
