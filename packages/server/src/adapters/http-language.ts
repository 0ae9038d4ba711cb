import type { Language } from '@sterna/core';
import * as v from 'valibot';
import type { Provider } from '../config/settings.ts';

/** An answer longer than this is none: twenty texts of a message's length, in a language that takes more bytes. */
const ANSWER_BYTES = 2 * 1024 * 1024;
/** Questions that wait for one provider at once; the next are refused. */
const AT_ONCE = 64;

const translation = v.object({ translatedTextList: v.array(v.string()) });
const transcription = v.object({ result: v.string() });

/** Asks the providers of the settings, over HTTP: one POST of JSON each, in the words of the public API. */
export function createHttpLanguage(providers: {
  translation?: Provider | undefined;
  transcription?: Provider | undefined;
}): Language {
  const translate = providers.translation && askerOf(providers.translation);
  const transcribe = providers.transcription && askerOf(providers.transcription);
  return {
    ...(translate && {
      async translate(sourceTextList, sourceLanguage, targetLanguage) {
        const answer = await translate({ sourceTextList, sourceLanguage, targetLanguage });
        return v.parse(translation, answer).translatedTextList;
      },
    }),
    ...(transcribe && {
      transcribe: async (url, language) => v.parse(transcription, await transcribe({ url, language })).result,
    }),
  };
}

function askerOf({ url, token, timeoutSeconds }: Provider): (question: object) => Promise<unknown> {
  let asking = 0;
  return async (question) => {
    if (asking >= AT_ONCE) throw new Error('the provider is busy');
    asking += 1;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(question),
        // Another address was not asked for.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      if (!response.ok) throw new Error(`the provider answered ${response.status}`);
      const answer: unknown = JSON.parse(await boundedText(response));
      return answer;
    } finally {
      asking -= 1;
    }
  };
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > ANSWER_BYTES) throw new Error('the provider said too much');
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
