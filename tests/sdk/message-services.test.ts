import { forbiddenWords } from '@sterna/core';
import type { Message, MergerMessage } from '@sterna/sdk';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const domains = [...allModules, ...furtherModules];

async function meet(seed: number, options: Parameters<typeof createWorld>[1] = {}) {
  const world = createWorld(seed, { domains, ...options });
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  return { world, ann, ben };
}

function merger(device: Device, to: string, messageList: Message[]): MergerMessage {
  const payload = { messageList, title: 'talk', abstractList: ['a: b'], compatibleText: 'update' };
  return device.tim.createMergerMessage({ to, conversationType: 'C2C', payload });
}

async function received(world: World, device: Device, conversationID: string): Promise<MergerMessage> {
  const message = (await history(world, device, conversationID)).at(-1);
  if (message?.type !== 'TIMRelayElem') throw new Error('no merged message came');
  return message;
}

describe('merged messages', () => {
  test('that are long are kept apart, in parts, and fetched by whoever sees the message', async () => {
    const { world, ann, ben } = await meet(1);
    const cai = world.device();
    await logIn(world, cai, 'cai');
    const said: Message[] = [];
    for (let number = 0; number < 10; number++)
      said.push(await say(world, ann, 'ben', `${number} ${'北'.repeat(3000)}`));
    const sent = merger(ann, 'ben', said);
    await settle(world, ann.tim.sendMessage(sent));
    expect(sent).toMatchObject({ status: 'success', payload: { messageList: [] } });
    expect(sent.payload.downloadKey).toHaveLength(26);
    const came = await received(world, ben, 'C2Cann');
    expect(came.payload).toMatchObject({
      title: 'talk',
      messageList: [],
      downloadKey: sent.payload.downloadKey,
    });
    const { data } = await settle(world, ben.tim.downloadMergerMessage(came));
    expect(data).toBe(came);
    expect(
      came.payload.messageList.map(
        ({ messageBody: [body] }) => (body?.payload as { text: string } | undefined)?.text,
      ),
    ).toEqual(said.map(({ payload }) => (payload as { text: string }).text));

    const forward = ben.tim.createForwardMessage({ to: 'cai', conversationType: 'C2C', payload: came });
    await settle(world, ben.tim.sendMessage(forward));
    const further = await received(world, cai, 'C2Cben');
    // Who knows the key but not the message gets nothing.
    const strange = { ...came, conversationID: 'C2Cben', sequence: 99 } as MergerMessage;
    await expect(settle(world, cai.tim.downloadMergerMessage(strange))).rejects.toMatchObject({
      code: 20026,
    });
    const copy = { ...came, payload: { ...came.payload } } as MergerMessage;
    await settle(world, ann.tim.revokeMessage(sent));
    await expect(settle(world, ben.tim.downloadMergerMessage(copy))).rejects.toMatchObject({ code: 2451 });
    await settle(world, cai.tim.downloadMergerMessage(further));
    expect(further.payload.messageList).toHaveLength(10);
  });

  test('inside of others are opened as they are shown there, whether the outer list is kept apart or not', async () => {
    const { world, ann, ben } = await meet(7);
    const long: Message[] = [];
    for (let number = 0; number < 5; number++)
      long.push(await say(world, ann, 'ben', `${number} ${'北'.repeat(3000)}`));
    const inner = merger(ann, 'cai', long);
    const cai = world.device();
    await logIn(world, cai, 'cai');
    await settle(world, ann.tim.sendMessage(inner));
    for (const around of [[], long]) {
      await settle(world, ann.tim.sendMessage(merger(ann, 'ben', [inner, ...around])));
      const came = await received(world, ben, 'C2Cann');
      await settle(world, ben.tim.downloadMergerMessage(came));
      const [shown] = came.payload.messageList;
      const [body] = shown?.messageBody ?? [];
      expect(came.payload.messageList).toHaveLength(1 + around.length);
      // A view of it is made of what the list has.
      const view = { ...shown, ...body } as unknown as MergerMessage;
      expect(view.payload).toMatchObject({ downloadKey: inner.payload.downloadKey, messageList: [] });
      await settle(world, ben.tim.downloadMergerMessage(view));
      expect(view.payload.messageList).toHaveLength(5);
    }
    const strange = { type: 'TIMRelayElem', payload: { downloadKey: 'none' } } as unknown as MergerMessage;
    await expect(settle(world, ben.tim.downloadMergerMessage(strange))).rejects.toMatchObject({ code: 2105 });
  });

  test('are three hundred short ones, or twenty inside of one another', async () => {
    const { world, ann, ben } = await meet(9);
    let last: Message = await say(world, ann, 'ben', 'short');
    const many = merger(
      ann,
      'ben',
      Array.from({ length: 300 }, () => last),
    );
    await settle(world, ann.tim.sendMessage(many));
    const came = await received(world, ben, 'C2Cann');
    await settle(world, ben.tim.downloadMergerMessage(came));
    expect(came.payload.messageList).toHaveLength(300);
    for (let depth = 0; depth < 20; depth++) {
      const outer = merger(ann, 'ben', [last]);
      await settle(world, ann.tim.sendMessage(outer));
      last = outer;
    }
    let inner: unknown = (await received(world, ben, 'C2Cann')).payload;
    let depth = 0;
    while (typeof inner === 'object' && inner !== null && 'messageList' in inner) {
      inner = (inner as MergerMessage['payload']).messageList[0]?.messageBody[0]?.payload;
      depth += 1;
    }
    expect([depth, inner]).toEqual([20, { text: 'short' }]);
  });

  test('that are short travel whole; what is none, or has a key of nothing, is refused', async () => {
    const { world, ann, ben } = await meet(2);
    const said = await say(world, ann, 'ben', 'short');
    await settle(world, ann.tim.sendMessage(merger(ann, 'ben', [said])));
    const came = await received(world, ben, 'C2Cann');
    expect(came.payload).toMatchObject({ downloadKey: '', messageList: [{ ID: said.ID }] });
    expect((await settle(world, ben.tim.downloadMergerMessage(came))).data).toBe(came);
    await expect(settle(world, ann.tim.downloadMergerMessage(said as never))).rejects.toMatchObject({
      code: 2450,
    });
    const empty = merger(ann, 'ben', [said]);
    Object.assign(empty.payload, { downloadKey: 'nothing', messageList: [] });
    await expect(settle(world, ann.tim.sendMessage(empty))).rejects.toMatchObject({ code: 2451 });
  });
});

describe('translation and speech', () => {
  test('are asked of the provider', async () => {
    const { world, ann } = await meet(3, {
      language: { translate: async (texts, from, to) => texts.map((text) => `${from} ${to} ${text}`) },
    });
    const asked = { sourceTextList: ['a', 'b'], sourceLanguage: 'auto', targetLanguage: 'fr' };
    const { data } = await settle(world, ann.tim.translateText(asked));
    expect(data).toEqual({ translatedTextList: ['auto fr a', 'auto fr b'] });
  });

  test('are refused with their codes where nobody does them, and where it goes wrong', async () => {
    const { world, ann } = await meet(4);
    const asked = { sourceTextList: ['a'], sourceLanguage: 'auto', targetLanguage: 'fr' };
    await expect(settle(world, ann.tim.translateText(asked))).rejects.toMatchObject({ code: 2117 });
    const message = await say(world, ann, 'ben', 'no recording');
    await expect(settle(world, ann.tim.convertVoiceToText({ message }))).rejects.toMatchObject({
      code: 2118,
    });
    const broken = await meet(5, { language: { translate: async () => [] } });
    await expect(settle(broken.world, broken.ann.tim.translateText(asked))).rejects.toMatchObject({
      code: 2117,
    });
  });
});

describe('forbidden words', () => {
  test('refuse a text, whole words only, Chinese ones anywhere', async () => {
    const forbidden = forbiddenWords(['damn', '坏话'], 'refuse');
    const { world, ann, ben } = await meet(6, {
      settings: { ...(forbidden && { forbiddenWords: forbidden }) },
    });
    for (const text of ['Damn it', '这是坏话吗'])
      await expect(say(world, ann, 'ben', text)).rejects.toMatchObject({ code: 80001 });
    const message = await say(world, ann, 'ben', 'damnation');
    message.payload = { text: 'damn' };
    await expect(settle(world, ann.tim.modifyMessage(message))).rejects.toMatchObject({ code: 80001 });
    expect((await history(world, ben, 'C2Cann')).map(({ payload }) => payload)).toEqual([
      { text: 'damnation' },
    ]);
  });

  test('are struck out, and the sender is told, also when the answer was lost', async () => {
    const forbidden = forbiddenWords(['damn', '😈'], 'replace');
    const { world, ann, ben } = await meet(7, {
      settings: { ...(forbidden && { forbiddenWords: forbidden }) },
    });
    const message = await say(world, ann, 'ben', 'damn 😈!');
    expect(message).toMatchObject({ status: 'success', isModified: true, payload: { text: '**** *!' } });
    expect(told(ann, 'onMessageModified')).toMatchObject([[{ ID: message.ID }]]);
    expect((await history(world, ben, 'C2Cann')).map(({ payload }) => payload)).toEqual([
      { text: '**** *!' },
    ]);
    const lost = ann.tim.createTextMessage({
      to: 'ben',
      conversationType: 'C2C',
      payload: { text: 'damn again' },
    });
    const sending = ann.tim.sendMessage(lost);
    await world.pass(6);
    ann.cut();
    await world.pass(30_000);
    await sending;
    expect(lost.payload.text).toBe('**** again');
    expect((await history(world, ben, 'C2Cann')).map(({ payload }) => payload)).toEqual([
      { text: '**** *!' },
      { text: '**** again' },
    ]);
  });

  test('a registered filter changes or stops a text before it leaves; one that breaks stops nothing', async () => {
    const { world, ann, ben } = await meet(8);
    class Filter {
      filter(text: string): string | undefined {
        return text.includes('never') ? undefined : text.replace('bad', '***');
      }
    }
    ann.tim.registerPlugin({ 'tim-profanity-filter-plugin': Filter });
    const message = await say(world, ann, 'ben', 'bad day');
    expect(message.payload).toEqual({ text: '*** day' });
    await expect(say(world, ann, 'ben', 'never')).rejects.toMatchObject({ code: 80001 });
    ann.tim.registerPlugin({
      'tim-profanity-filter-plugin': class {
        constructor() {
          throw new Error('no lexicon');
        }
      },
    });
    await say(world, ann, 'ben', 'bad night');
    expect((await history(world, ben, 'C2Cann')).map(({ payload }) => payload)).toEqual([
      { text: '*** day' },
      { text: 'bad night' },
    ]);
  });
});
