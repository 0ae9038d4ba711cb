import { loadReader } from '../conversations/reader.ts';
import { ImError } from '../errors.ts';
import type { UseCases } from '../use-case.ts';
import { requireVisible } from './read-message-extras.ts';

/** Translation and speech: by whom the server is told to ask, else refused. */
export const languageUseCases: UseCases<'text.translate' | 'voice.transcribe'> = {
  'text.translate': async ({ language }, _actor, { texts, from, to }) => {
    if (language?.translate === undefined)
      throw new ImError('translationFailed', 'this server has nobody to translate');
    const translated = await language.translate(texts, from, to).catch((cause: unknown) => {
      throw new ImError('translationFailed', undefined, { cause });
    });
    if (translated.length !== texts.length) throw new ImError('translationFailed', 'not all texts came back');
    return { texts: [...translated] };
  },

  'voice.transcribe': async (deps, { app, userID }, { conversationID, seq, language }) => {
    const reader = await loadReader(deps, app, userID, conversationID);
    const { elements } = await requireVisible(deps, reader, seq);
    const [element] = elements;
    if (element?.type !== 'TIMSoundElem') throw new ImError('transcriptionFailed', 'not a recording');
    if (deps.language?.transcribe === undefined)
      throw new ImError('transcriptionFailed', 'this server has nobody who listens');
    const text = await deps.language.transcribe(element.payload.url, language).catch((cause: unknown) => {
      throw new ImError('transcriptionFailed', undefined, { cause });
    });
    return { text };
  },
};
