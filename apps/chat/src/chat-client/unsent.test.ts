import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, stage, timeline, type Stage } from '../../dev/stage.ts';
import { LIMITS } from './limits.ts';

const KEY = 'sterna.unsent.1400000001.alice';

/** What was written in it fails; the page is loaded again, on the same tab's storage. */
async function reloaded(before: Stage, options: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const after = stage({ ...options, storage: before.storage });
  await after.client.restore(undefined);
  await settled();
  return after;
}

async function withFailed(...texts: string[]): Promise<Stage> {
  const made = await signedIn({ histories: { [CHAT]: lines(2) } });
  await made.client.open(CHAT);
  made.tim.controls.sending.mode = 'fail';
  for (const text of texts) await made.client.sendText(CHAT, text);
  return made;
}

const unsentTexts = ({ state }: Stage): string[] =>
  timeline(state())
    .items.filter(({ delivery }) => delivery === 'failed')
    .map(({ text }) => text);

describe('a message that was not sent', () => {
  test('stands there after a reload, and is the same message when it is tried again', async () => {
    const before = await withFailed('lost?');
    const source = timeline(before.state()).items.at(-1)?.source;
    const after = await reloaded(before, { histories: { [CHAT]: lines(2) } });
    expect(after.client.hasUnsent()).toBe(true);
    await after.client.open(CHAT);
    const item = timeline(after.state()).items.at(-1);
    expect(item).toMatchObject({ text: 'lost?', delivery: 'failed', mine: true, from: 'alice' });
    const { ID, clientTime, random, time } = source ?? {};
    expect(item?.source).toMatchObject({ ID, clientTime, random, time, needReadReceipt: false });
    await after.client.retry(item?.key ?? '');
    expect(after.tim.controls.calls).toContain('send lost?');
    expect(timeline(after.state()).items.at(-1)).toMatchObject({ text: 'lost?', delivery: 'sent' });
    expect(after.client.hasUnsent()).toBe(false);
    expect(after.storage.has(KEY)).toBe(false);
  });

  test('is kept from the moment it is sent until the answer is there, quote and names included', async () => {
    const before = await signedIn({ histories: { [CHAT]: lines(1) } });
    before.tim.controls.sending.mode = 'hold';
    const quote = JSON.stringify({ messageReply: { messageID: 'm1', messageSender: 'Bob' } });
    const sending = before.client.sendText(CHAT, 'hello @carol', { quote, mentions: ['carol'] });
    const after = await reloaded(before);
    await after.client.open(CHAT);
    expect(timeline(after.state()).items.at(-1)).toMatchObject({
      text: 'hello @carol',
      delivery: 'failed',
      mentions: ['carol'],
      quote: { id: 'm1', sender: 'Bob' },
    });
    before.tim.controls.sending.release();
    await sending;
    expect(before.storage.has(KEY)).toBe(false);
  });

  test('is not offered again when the server turns out to have it', async () => {
    const before = await withFailed('it did arrive');
    const ID = timeline(before.state()).items.at(-1)?.id ?? '';
    const after = await reloaded(before, { histories: { [CHAT]: lines(1) } });
    const { getMessageList } = after.tim;
    after.tim.getMessageList = async (options) => {
      const { code, data } = await getMessageList(options);
      const arrived = { ID, flow: 'out', payload: { text: 'it did arrive' } };
      const messageList = data.messageList.map((message) => ({ ...message, ...arrived }));
      return { code, data: { ...data, messageList } };
    };
    await after.client.open(CHAT);
    expect(unsentTexts(after)).toEqual([]);
    expect(timeline(after.state()).items.at(-1)).toMatchObject({ id: ID, delivery: 'sent' });
    expect(after.client.hasUnsent()).toBe(false);
  });

  test('survives a kick, and an answer that comes afterwards still counts', async () => {
    const chat = await withFailed('first');
    chat.tim.controls.sending.mode = 'hold';
    const sending = chat.client.sendText(CHAT, 'second');
    chat.tim.controls.emit('kickedOut', { type: 'multipleAccount' });
    await chat.client.signInAgain();
    await settled();
    await chat.client.open(CHAT);
    expect(unsentTexts(chat)).toEqual(['first', 'second']);
    chat.tim.controls.sending.release();
    await sending;
    expect(JSON.parse(chat.storage.get(KEY) ?? '')).toMatchObject({ texts: [{ text: 'first' }] });
  });

  test('goes when it is discarded, with the history, or with the conversation', async () => {
    const chat = await withFailed('discarded', 'cleared');
    const [item] = timeline(chat.state()).items.filter(({ text }) => text === 'discarded');
    if (item === undefined) throw new Error('It is not there');
    chat.client.discard(item);
    expect(unsentTexts(chat)).toEqual(['cleared']);
    await chat.client.clearHistory(CHAT);
    expect(chat.client.hasUnsent()).toBe(false);
    await chat.client.sendText(CHAT, 'deleted');
    expect(chat.client.hasUnsent()).toBe(true);
    await chat.client.deleteConversation(CHAT);
    expect(chat.client.hasUnsent()).toBe(false);
    expect(chat.storage.has(KEY)).toBe(false);
  });

  test('is kept within the bound, the oldest being left out', async () => {
    const texts = Array.from({ length: LIMITS.unsentTexts + 1 }, (_, index) => `text ${index}`);
    const after = await reloaded(await withFailed(...texts));
    await after.client.open(CHAT);
    expect(unsentTexts(after)).toEqual(texts.slice(1));
  });
});

describe('drafts', () => {
  test('come back after a reload, to the one who wrote them', async () => {
    const before = await signedIn();
    before.client.setDraft(CHAT, 'half a thought');
    before.client.setDraft('C2Ccarol', 'gone');
    before.client.setDraft('C2Ccarol', '');
    const other = stage({ storage: before.storage });
    await other.client.restore('carol');
    expect(other.state()).toMatchObject({ session: { userID: 'carol' }, drafts: {} });
    const back = stage({ storage: before.storage });
    await back.client.restore('alice');
    expect(back.state().drafts).toEqual({ [CHAT]: 'half a thought' });
  });

  test('are forgotten by whoever signs out, and a page that is taken down late brings none back', async () => {
    const { client, state, storage } = await signedIn();
    client.setDraft(CHAT, 'half a thought');
    await client.signOut();
    client.setDraft(CHAT, 'half a thought');
    expect(storage.size).toBe(0);
    expect(state().drafts).toEqual({});
  });
});

test.each(['{', '[]', '{"drafts":{"C2Cbob":1},"texts":[1,{"ID":"x"},null]}'])(
  'a stored text that is not ours (%s) is no hindrance',
  async (text) => {
    const { client, state } = await signedIn({ storage: new Map([[KEY, text]]) });
    expect(state()).toMatchObject({ session: { name: 'active' }, drafts: {} });
    expect(client.hasUnsent()).toBe(false);
  },
);

test('a storage that is full leaves the message on the page, and sends it', async () => {
  const storage = new Map<string, string>();
  const made = await signedIn({ storage, histories: { [CHAT]: lines(1) } });
  await made.client.open(CHAT);
  storage.set = (key) => {
    throw new Error(`No room for ${key}`);
  };
  await made.client.sendText(CHAT, 'hello');
  expect(timeline(made.state()).items.at(-1)).toMatchObject({ text: 'hello', delivery: 'sent' });
});
