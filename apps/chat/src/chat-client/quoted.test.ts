import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, type Stage, timeline } from '../../dev/stage.ts';
import type { Quote } from './quote.ts';
import { fateOf } from './quoted.ts';
import type { TimMessage } from './tim.ts';

/** Quotes of the first and of the last of forty messages: the first is not on the page. */
const quoteOfLine = (number: number): Quote => ({
  id: `m${number}`,
  sequence: number,
  timeMs: 0,
  sender: 'Bob',
  text: `line ${number}`,
});
const FAR = quoteOfLine(3);
const NEAR = quoteOfLine(40);

async function opened(): Promise<
  Stage & { fate(quote: Quote): unknown; stored(number: number): Promise<TimMessage> }
> {
  const made = await signedIn({ histories: { [CHAT]: lines(40) } });
  await made.client.open(CHAT);
  return {
    ...made,
    fate: (quote) => fateOf(made.state(), CHAT, quote),
    stored: async (sequence) => {
      const { data } = await made.tim.getMessageListHopping({ conversationID: CHAT, sequence, direction: 0 });
      const message = data.messageList.find(({ ID }) => ID === `m${sequence}`);
      if (message === undefined) throw new Error(`there is no line ${sequence}`);
      return message;
    },
  };
}

describe('what is quoted', () => {
  test('is shown at once if it is on the page, and not any more when it is recalled', async () => {
    const { fate, stored, tim } = await opened();
    expect(fate(NEAR)).toBe('there');
    const message = Object.assign(await stored(40), { isRevoked: true });
    tim.controls.emit('onMessageRevoked', [message]);
    expect(fate(NEAR)).toBe('recalled');
  });

  test('is hidden when I recall it', async () => {
    const { client, fate, state } = await opened();
    const item = timeline(state()).items.at(-1);
    if (item === undefined) throw new Error('nothing is on the page');
    await client.recall(item);
    expect(fate(NEAR)).toBe('recalled');
  });

  test('is hidden until it was asked for if it is not on the page, and asked for once', async () => {
    const { client, fate, tim } = await opened();
    expect(fate(FAR)).toBeUndefined();
    await Promise.all([client.lookUpQuoted(CHAT, FAR), client.lookUpQuoted(CHAT, FAR)]);
    expect(fate(FAR)).toBe('there');
    expect(tim.controls.calls.filter((call) => call.startsWith('hop'))).toEqual(['hop 3 older']);
  });

  test('is hidden if it was recalled before', async () => {
    const { client, fate, stored } = await opened();
    Object.assign(await stored(3), { isRevoked: true });
    await client.lookUpQuoted(CHAT, FAR);
    expect(fate(FAR)).toBe('recalled');
  });

  test('is hidden if it is recalled after it was asked for', async () => {
    const { client, fate, stored, tim } = await opened();
    await client.lookUpQuoted(CHAT, FAR);
    tim.controls.emit('onMessageRevoked', [Object.assign(await stored(3), { isRevoked: true })]);
    expect(fate(FAR)).toBe('recalled');
  });

  test('is hidden if there is no such message', async () => {
    const { client, fate } = await opened();
    const forged = { ...FAR, id: 'forged' };
    await client.lookUpQuoted(CHAT, forged);
    expect(fate(forged)).toBe('gone');
  });

  test('is asked for again after it could not be read, and after a fresh start', async () => {
    const { client, fate, tim } = await opened();
    const { getMessageListHopping } = tim;
    tim.getMessageListHopping = () => Promise.reject(new Error('gone'));
    await client.lookUpQuoted(CHAT, FAR);
    expect(fate(FAR)).toBeUndefined();
    tim.getMessageListHopping = getMessageListHopping;
    await client.lookUpQuoted(CHAT, FAR);
    expect(fate(FAR)).toBe('there');
    tim.controls.emit('sdkReload', undefined);
    await settled();
    expect(fate(FAR)).toBeUndefined();
  });
});

test('who answers a message that is recalled meanwhile answers nothing any more', async () => {
  const { client, state, stored, tim } = await opened();
  const item = timeline(state()).items.at(-1);
  if (item === undefined) throw new Error('nothing is on the page');
  client.reply(item);
  expect(state().writing).toMatchObject({ kind: 'reply' });
  tim.controls.emit('onMessageRevoked', [Object.assign(await stored(40), { isRevoked: true })]);
  expect(state().writing).toBeUndefined();
});
