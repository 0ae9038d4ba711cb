import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readBody } from './request-body.ts';

/** As they come from a socket: each with memory of its own. */
const chunk = (fill: number) => new Uint8Array(1000).fill(fill);

test('a chunk is whole until the next one is asked for, and its memory is given back then', async () => {
  const first = chunk(1);
  const second = chunk(2);
  const body = readBody(Readable.from([first, second]));
  expect((await body.next()).value).toEqual(chunk(1));
  expect((await body.next()).value).toEqual(chunk(2));
  expect([first.buffer.byteLength, second.buffer.byteLength]).toEqual([0, 1000]);
  expect(await body.next()).toEqual({ done: true, value: undefined });
  expect(second.buffer.byteLength).toBe(0);
});

test('memory that chunks share stays', async () => {
  const whole = chunk(3);
  const body = readBody(Readable.from([whole.subarray(0, 400), whole.subarray(400)]));
  for await (const part of body) expect(part[0]).toBe(3);
  expect(whole).toEqual(chunk(3));
});

test('a reader who stops leaves the request as it is', async () => {
  const request = Readable.from([chunk(1), chunk(2)]);
  for await (const _ of readBody(request)) break;
  expect(request.destroyed).toBe(false);
});
