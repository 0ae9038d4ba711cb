import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formBody } from '../testing/cos-client.ts';
import { parseForm } from './form.ts';

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const BOUNDARY = 'boundary';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

// Content made of what boundaries are made of finds every mistake in cutting.
const content = fc
  .array(fc.constantFrom('\r\n', '--', `--${BOUNDARY}`, `\r\n--${BOUNDARY.slice(0, -1)}`, 'x', '\0', '-'), {
    maxLength: 30,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !`\r\n${text}`.includes(`\r\n--${BOUNDARY}`));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test('a form is read the same however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(content, content, sizes, async (field, file, chunkSizes) => {
      const { body } = formBody({ Key: field, empty: '' }, Buffer.from(file), BOUNDARY);
      const form = await parseForm(cut(body, chunkSizes), TYPE);
      expect([...form.fields]).toEqual([
        ['key', field],
        ['empty', ''],
      ]);
      expect((await read(form.file)).toString()).toBe(file);
    }),
  );
});

test('a form that breaks off anywhere is never taken for whole', async () => {
  const { body } = formBody({ key: 'a', other: 'b' }, Buffer.from('the file'), BOUNDARY);
  const closing = Buffer.byteLength(`--\r\n`);
  for (let length = 0; length < body.length - closing; length += 1) {
    const broken = async () => read((await parseForm(cut(body.subarray(0, length), [7]), TYPE)).file);
    await expect(broken()).rejects.toMatchObject({ reason: 'malformedForm' });
  }
});

describe('boundaries', () => {
  test.each([
    'multipart/form-data; boundary="with spaces"',
    'multipart/form-data; charset=utf-8; boundary=abc',
    'Multipart/Form-Data;boundary=abc',
  ])('%s', async (type) => {
    const boundary = type.includes('spaces') ? 'with spaces' : 'abc';
    const { body } = formBody({ key: 'a' }, Buffer.from('x'), boundary);
    expect((await read((await parseForm(cut(body, [1000]), type)).file)).toString()).toBe('x');
  });

  test.each([
    '',
    'application/json',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'b'.repeat(71)}`,
  ])('%j is none', async (type) => {
    await expect(parseForm(cut(Buffer.from('x'), [1]), type)).rejects.toMatchObject({
      reason: 'malformedForm',
    });
  });
});

const part = (headers: string, value = 'x') => `--${BOUNDARY}\r\n${headers}\r\n\r\n${value}\r\n`;
const field = (name: string, value = 'x') => part(`Content-Disposition: form-data; name="${name}"`, value);

test.each<[string, string]>([
  ['no file', `${field('key')}--${BOUNDARY}--\r\n`],
  ['a field twice', field('key') + field('KEY') + field('file')],
  ['too many fields', Array.from({ length: 33 }, (_, at) => field(`f${at}`)).join('') + field('file')],
  ['an endless field', field('key', 'k'.repeat(8193)) + field('file')],
  ['endless headers', part(`X: ${'x'.repeat(9000)}`)],
  ['a part without a name', part('Content-Disposition: form-data')],
  ['a part of another kind', part('Content-Disposition: attachment; name="key"')],
  ['no part at all', 'x'.repeat(5000)],
  ['text after a boundary', `--${BOUNDARY}garbage\r\n${field('file')}`],
])('%s', async (_, text) => {
  await expect(parseForm(cut(Buffer.from(text), [100]), TYPE)).rejects.toMatchObject({
    reason: 'malformedForm',
  });
});

test('a field of exactly the longest length', async () => {
  const form = await parseForm(cut(Buffer.from(field('key', 'k'.repeat(8192)) + field('file')), [100]), TYPE);
  expect(form.fields.get('key')).toHaveLength(8192);
});
