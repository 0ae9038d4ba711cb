import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpLanguage } from './http-language.ts';

let answer: RequestListener = () => undefined;
let asked: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    asked.push({ headers: request.headers, body });
    answer(request, response);
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/` : '';
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const saying =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(body);

test('a translation is asked for in the words of the public API, with the token', async () => {
  asked = [];
  answer = saying('{"translatedTextList":["bonjour"]}');
  const language = createHttpLanguage({ translation: { url, token: 'secret', timeoutSeconds: 5 } });
  expect(await language.translate?.(['hello'], 'auto', 'fr')).toEqual(['bonjour']);
  expect(asked[0]?.headers.authorization).toBe('Bearer secret');
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    sourceTextList: ['hello'],
    sourceLanguage: 'auto',
    targetLanguage: 'fr',
  });
  expect(language.transcribe).toBe(undefined);
});

test('a recording is named by its link', async () => {
  answer = saying('{"result":"hello"}');
  const language = createHttpLanguage({ transcription: { url, timeoutSeconds: 5 } });
  expect(await language.transcribe?.('http://files/a.mp3', undefined)).toBe('hello');
});

test('what is no answer is a failure: another status, other words, too many of them, a redirect, silence', async () => {
  const language = createHttpLanguage({ translation: { url, timeoutSeconds: 1 } });
  const ask = () => language.translate?.(['hello'], 'auto', 'fr');
  answer = saying('{}', 500);
  await expect(ask()).rejects.toThrow('500');
  for (const words of ['not JSON', '{}', '{"translatedTextList":[1]}']) {
    answer = saying(words);
    await expect(ask()).rejects.toThrow();
  }
  answer = saying(`{"translatedTextList":["${'x'.repeat(3 * 1024 * 1024)}"]}`);
  await expect(ask()).rejects.toThrow('too much');
  answer = (_, response) => void response.writeHead(302, { location: url }).end();
  await expect(ask()).rejects.toThrow();
  answer = () => undefined;
  await expect(ask()).rejects.toThrow(/timeout|aborted/i);
});
