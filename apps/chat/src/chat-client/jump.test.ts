import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, timeline } from '../../dev/stage.ts';

const place = (number: number) => ({ id: `m${number}`, sequence: number, timeMs: 0 });

describe('a jump', () => {
  test('to a message on the page only lights it up, and for a while', async () => {
    const { client, state, tim, passTime } = await signedIn({ histories: { [CHAT]: lines(10) } });
    await client.open(CHAT);
    const before = timeline(state()).items;
    await client.jumpTo(CHAT, place(4));
    expect(state().spotlight).toEqual({ conversationID: CHAT, key: 'm4' });
    expect(timeline(state()).items).toBe(before);
    expect(tim.controls.calls.filter((call) => call.startsWith('hop'))).toEqual([]);
    passTime();
    expect(state().spotlight).toBeUndefined();
  });

  test('far back shows that stretch, which goes on at both ends until it meets the newest', async () => {
    const { client, state } = await signedIn({ histories: { [CHAT]: lines(90) } });
    await client.open(CHAT);
    await client.jumpTo(CHAT, place(30));
    const numbers = () => timeline(state()).items.map(({ sequence }) => sequence);
    expect([numbers()[0], numbers().at(-1)]).toEqual([16, 44]);
    expect(timeline(state())).toMatchObject({ older: 'idle', newer: 'idle' });
    await client.loadOlder(CHAT);
    await client.loadNewer(CHAT);
    expect([numbers()[0], numbers().at(-1)]).toEqual([1, 59]);
    await client.loadOlder(CHAT);
    expect(timeline(state()).older).toBe('none');
    while (timeline(state()).newer === 'idle') await client.loadNewer(CHAT);
    expect(numbers()).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
    expect(timeline(state()).newer).toBe('none');
  });

  test('away from the newest keeps what arrives off the page, and sending comes back', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(90) } });
    await client.open(CHAT);
    await client.jumpTo(CHAT, place(30));
    tim.controls.deliver(CHAT, 'bob', 'far below');
    expect(timeline(state()).items.map(({ text }) => text)).not.toContain('far below');
    await client.sendText(CHAT, 'an answer');
    expect(timeline(state()).newer).toBe('none');
    expect(
      timeline(state())
        .items.slice(-2)
        .map(({ text }) => text),
    ).toEqual(['far below', 'an answer']);
  });

  test('leaves behind the page that was on its way: it belongs to what was shown before', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(90) } });
    await client.open(CHAT);
    const { getMessageList } = tim;
    const answer = Promise.withResolvers<void>();
    tim.getMessageList = async (options) => {
      await answer.promise;
      return await getMessageList(options);
    };
    const late = client.loadOlder(CHAT);
    await client.jumpTo(CHAT, place(30));
    answer.resolve();
    await late;
    const numbers = timeline(state()).items.map(({ sequence }) => sequence);
    expect([numbers[0], numbers.at(-1), numbers.length]).toEqual([16, 44, 29]);
    expect(timeline(state())).toMatchObject({ older: 'idle', newer: 'idle' });
  });

  test('and back at once: what the stretch was still to be given does not come with it', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(90) } });
    await client.open(CHAT);
    await client.jumpTo(CHAT, place(30));
    const { getMessageListHopping } = tim;
    const answer = Promise.withResolvers<void>();
    tim.getMessageListHopping = async (options) => {
      await answer.promise;
      return await getMessageListHopping(options);
    };
    const late = Promise.all([client.loadNewer(CHAT), client.loadOlder(CHAT)]);
    await client.returnToLatest(CHAT);
    answer.resolve();
    await late;
    const numbers = timeline(state()).items.map(({ sequence }) => sequence);
    expect(numbers).toEqual(Array.from({ length: 15 }, (_, index) => 76 + index));
    expect(timeline(state())).toMatchObject({ newer: 'none' });
  });

  test('to a message that is gone says so and stays', async () => {
    const { client, state } = await signedIn({ histories: { [CHAT]: lines(40) } });
    await client.open(CHAT);
    const before = timeline(state()).items;
    await client.jumpTo(CHAT, { id: 'deleted', sequence: 3, timeMs: 0 });
    expect(timeline(state()).items).toBe(before);
    expect(state().toasts.at(-1)?.notice).toEqual({ kind: 'messageGone' });
  });

  test('a page that cannot be read can be asked for again', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(90) } });
    await client.open(CHAT);
    await client.jumpTo(CHAT, place(40));
    const { getMessageListHopping } = tim;
    tim.getMessageListHopping = () => Promise.reject(new Error('gone'));
    await client.loadNewer(CHAT);
    await client.loadOlder(CHAT);
    expect(timeline(state())).toMatchObject({ older: 'failed', newer: 'failed' });
    tim.getMessageListHopping = getMessageListHopping;
    await client.loadNewer(CHAT);
    await client.loadOlder(CHAT);
    await settled();
    expect(timeline(state())).toMatchObject({ older: 'idle', newer: 'idle' });
  });
});

describe('a link that has run out', () => {
  const withLink = (fileUrl: string) => ({ uuid: '', fileName: 'a', fileUrl, fileSize: 1 });

  test('is new once the message was read again, and nothing else on the page changes', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(40) } });
    await client.open(CHAT);
    const before = timeline(state()).items;
    const { getMessageListHopping } = tim;
    tim.getMessageListHopping = async (options) => {
      const answer = await getMessageListHopping(options);
      const read = answer.data.messageList.map((message) =>
        message.ID === 'm38'
          ? { ...message, type: 'TIMFileElem', payload: withLink('https://files.test/new') }
          : message,
      );
      return { ...answer, data: { ...answer.data, messageList: read } };
    };
    expect(await client.renewLinks('m38')).toMatchObject({ url: 'https://files.test/new' });
    const after = timeline(state()).items;
    expect(after.find(({ key }) => key === 'm38')?.content).toMatchObject({ url: 'https://files.test/new' });
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
  });

  test('stays where it cannot be read, or is in no message of the page', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(5) } });
    await client.open(CHAT);
    const before = timeline(state()).items;
    expect(await client.renewLinks('')).toBeUndefined();
    tim.getMessageListHopping = () => Promise.reject(new Error('offline'));
    expect(await client.renewLinks('m3')).toBeUndefined();
    expect(timeline(state()).items).toEqual(before);
    expect(tim.controls.calls.filter((call) => call.startsWith('hop'))).toEqual([]);
  });
});
