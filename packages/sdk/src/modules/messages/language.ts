import type { EngineContext, EngineModule } from '../engine-module.ts';
import { placeOf } from './message-place.ts';

/** The provider has as long as the server gives it, and some more. */
const DEADLINE_MS = 65_000;

/** Translation and speech, by whom the server asks. */
export function language({ request }: EngineContext): EngineModule {
  return {
    methods: {
      async translateText({ sourceTextList: texts, sourceLanguage: from, targetLanguage: to }) {
        const answer = await request('text.translate', { texts, from, to }, { deadlineMs: DEADLINE_MS });
        return { translatedTextList: answer.texts };
      },
      async convertVoiceToText({ message, language: spoken }) {
        const body = { ...placeOf(message), language: spoken };
        const { text: result } = await request('voice.transcribe', body, { deadlineMs: DEADLINE_MS });
        return { result };
      },
    },
  };
}
