import * as v from 'valibot';
import { conversationID, count, text } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

const language = v.pipe(text(LIMITS.languageBytes), v.minLength(1));

/** Texts in another language, in the same order. The source may be `auto`. */
export const translateTexts = command('text.translate', {
  request: v.object({
    texts: v.pipe(v.array(text(LIMITS.messageBytes)), v.minLength(1), v.maxLength(LIMITS.textsTranslated)),
    from: language,
    to: language,
  }),
  reply: v.object({ texts: v.array(v.string()) }),
});

/** What is said in a recording that I may hear. */
export const transcribeVoice = command('voice.transcribe', {
  request: v.object({ conversationID, seq: v.pipe(count, v.minValue(1)), language: v.optional(language) }),
  reply: v.object({ text: v.string() }),
});
