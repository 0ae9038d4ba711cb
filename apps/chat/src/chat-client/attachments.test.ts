import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, timeline } from '../../dev/stage.ts';
import { type Attachment, goesOnlyAsFile } from './attachments.ts';

const attach = (name: string, change: Partial<Attachment> = {}): Attachment => ({
  kind: 'file',
  file: new File(['some bytes'], name),
  width: 0,
  height: 0,
  duration: 0,
  ...change,
});

async function open() {
  const stage = await signedIn({ histories: { [CHAT]: lines(1) } });
  await stage.client.open(CHAT);
  const last = (count: number) => timeline(stage.state()).items.slice(-count);
  return { ...stage, last };
}

describe('files', () => {
  test('are shown at once, go one after the other, and the words follow them', async () => {
    const { client, state, tim, last } = await open();
    tim.controls.sending.mode = 'hold';
    const sending = client.sendAttachments(CHAT, [attach('one.txt'), attach('two.txt')], {
      caption: 'both',
      quote: '{"messageReply":{}}',
    });
    await settled();
    expect(last(2)).toMatchObject([
      { kind: 'file', delivery: 'sending', content: { name: 'one.txt', size: 10 } },
      { kind: 'file', delivery: 'sending', content: { name: 'two.txt', size: 10 } },
    ]);
    const [one, two] = last(2).map(({ key }) => key);
    expect([...state().uploads]).toEqual([
      [one, 0.4],
      [two, 0],
    ]);
    expect(last(2).map(({ source }) => source.cloudCustomData)).toEqual(['{"messageReply":{}}', '']);
    tim.controls.sending.release();
    await settled();
    expect([...state().uploads]).toEqual([[two, 0.4]]);
    tim.controls.sending.mode = 'succeed';
    tim.controls.sending.release();
    await sending;
    expect(last(3)).toMatchObject([{ delivery: 'sent' }, { delivery: 'sent' }, { text: 'both' }]);
    expect(state().uploads.size).toBe(0);
  });

  test('what is known of them before they are uploaded is on the message', async () => {
    const { client, last } = await open();
    await client.sendAttachments(CHAT, [
      attach('a.jpg', { kind: 'image', width: 40, height: 30 }),
      attach('b.mp4', { kind: 'video', width: 16, height: 9, duration: 61.4 }),
      attach('c.m4a', { kind: 'audio', duration: 2400 }),
    ]);
    expect(last(3).map(({ content }) => content)).toMatchObject([
      { kind: 'image', width: 40, height: 30, size: 10, file: expect.any(File) },
      { kind: 'video', width: 16, height: 9, seconds: 61 },
      { kind: 'audio', seconds: 2 },
    ]);
  });

  test('a cancelled upload is not sent, whether it is under way or waits, and can be tried again', async () => {
    const { client, state, tim, last } = await open();
    tim.controls.sending.mode = 'hold';
    void client.sendAttachments(CHAT, [attach('one.txt'), attach('two.txt')]);
    await settled();
    const [one = '', two = ''] = last(2).map(({ key }) => key);
    client.cancelUpload(two);
    await settled();
    expect(last(2).map(({ delivery }) => delivery)).toEqual(['sending', 'failed']);
    client.cancelUpload(one);
    await settled();
    expect(last(2).map(({ failure }) => failure?.code)).toEqual([2802, 2802]);
    expect(state().uploads.size).toBe(0);
    tim.controls.sending.mode = 'succeed';
    await client.retry(one);
    await client.retry(two);
    expect(last(2).map(({ delivery }) => delivery)).toEqual(['sent', 'sent']);
  });

  test('what the server does not open is sent as a file instead, with what it answers', async () => {
    const { client, tim, last } = await open();
    Object.assign(tim.controls.sending, { mode: 'fail', code: 114_004 });
    await client.sendAttachments(CHAT, [attach('a.jpg', { kind: 'image', width: 40, height: 30 })], {
      quote: '{"messageReply":{}}',
    });
    const [refused] = last(1);
    if (refused === undefined) throw new Error('nothing is shown');
    expect([refused.delivery, goesOnlyAsFile(refused)]).toEqual(['failed', true]);
    const before = last(20).length;
    tim.controls.sending.mode = 'succeed';
    await client.sendAsFile(refused);
    expect(last(1)).toMatchObject([{ kind: 'file', delivery: 'sent', content: { name: 'a.jpg', size: 10 } }]);
    expect(last(1)[0]?.source.cloudCustomData).toBe('{"messageReply":{}}');
    expect(last(20)).toHaveLength(before);
  });

  test.each([
    ['a picture that did not get through', 'image', 2250, false],
    ['a picture of another type', 'image', 2252, true],
    ['a video of another type', 'video', 2352, true],
    ['a recording that is too large for one', 'audio', 2301, true],
    ['a file that the server has no room for', 'file', 114_002, false],
  ] as const)('%s goes only as a file: %s, %i: %s', async (_, kind, code, expected) => {
    const { client, tim, last } = await open();
    Object.assign(tim.controls.sending, { mode: 'fail', code });
    await client.sendAttachments(CHAT, [attach('a', { kind })]);
    expect(last(1).map(goesOnlyAsFile)).toEqual([expected]);
  });

  test('texts do not wait for them', async () => {
    const { client, tim, last } = await open();
    tim.controls.sending.mode = 'hold';
    void client.sendAttachments(CHAT, [attach('one.txt')]);
    await settled();
    tim.controls.sending.mode = 'succeed';
    await client.sendText(CHAT, 'meanwhile');
    expect(
      last(2)
        .map(({ delivery }) => delivery)
        .toSorted(),
    ).toEqual(['sending', 'sent']);
    tim.controls.sending.release();
  });
});
