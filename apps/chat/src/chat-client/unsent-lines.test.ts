import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, stage, type Stage } from '../../dev/stage.ts';
import type { ConversationItem } from './state.ts';
import { withUnsent } from './unsent-lines.ts';

const OTHER = 'C2Ccarol';
const histories = { [CHAT]: [[9, 'bob', 'long ago'] as const], [OTHER]: lines(1, 'carol') };

const listed = ({ state }: Stage): readonly ConversationItem[] =>
  withUnsent(state().conversations, state().unsent, state());
const rows = (at: Stage): string[] =>
  listed(at).map(
    ({ id, preview, unsent = 'none' }) => `${id} ${'text' in preview ? preview.text : ''} ${unsent}`,
  );

describe('what is not sent stands in the list', () => {
  test('under way, on top, and there is no moment without it until the list has it', async () => {
    const at = await signedIn({ histories });
    expect(rows(at)[0]).toBe(`${OTHER} line 1 none`);
    at.tim.controls.sending.mode = 'hold';
    const sending = at.client.sendText(CHAT, 'hello');
    expect(rows(at)[0]).toBe(`${CHAT} hello sending`);
    at.tim.controls.sending.release();
    await sending;
    await settled();
    expect(rows(at)[0]).toMatch(`${CHAT} hello`);
    at.passTime();
    expect(rows(at)[0]).toBe(`${CHAT} hello none`);
    expect(at.state().unsent).toEqual([]);
  });

  test('failed, after a reload too, until it is discarded', async () => {
    const before = await signedIn({ histories });
    before.tim.controls.sending.mode = 'fail';
    await before.client.sendText(CHAT, 'lost');
    expect(rows(before)[0]).toBe(`${CHAT} lost failed`);
    const after = stage({ storage: before.storage, histories });
    await after.client.restore(undefined);
    await settled();
    expect(rows(after)[0]).toBe(`${CHAT} lost failed`);
    await after.client.open(CHAT);
    const item = after.state().timelines[CHAT]?.items.at(-1);
    if (item === undefined) throw new Error('nothing is shown');
    after.client.discard(item);
    after.passTime();
    expect(rows(after).join()).not.toContain('failed');
  });

  test('to somebody with whom there is nothing else, and for nobody once one has signed out', async () => {
    const at = await signedIn({ histories });
    at.tim.controls.sending.mode = 'fail';
    await at.client.sendText('C2Cnewcomer', 'anybody there?');
    expect(rows(at)[0]).toBe('C2Cnewcomer anybody there? failed');
    expect(listed(at)[0]).toMatchObject({
      kind: 'c2c',
      targetID: 'newcomer',
      title: 'newcomer',
      isOnlyHere: true,
    });
    await at.client.signOut();
    expect(listed(at)).toEqual([]);
  });
});

const row = (id: string, lastTimeMs: number, more: Partial<ConversationItem> = {}): ConversationItem => ({
  id,
  kind: 'c2c',
  targetID: id.slice(3),
  title: id,
  avatar: '',
  unread: 0,
  muted: false,
  pinned: false,
  markedUnread: false,
  lastTimeMs,
  preview: { kind: 'text', text: 'old', from: 'them' },
  mention: 'none',
  ...more,
});

describe('the place of a line', () => {
  const known = { people: new Map(), groups: new Map() };
  const list = [row('C2Cpin', 10, { pinned: true }), row('C2Ca', 90), row('C2Cb', 50), row('C2Cc', 20)];
  const line = (conversationID: string, timeMs: number, state: 'sending' | 'failed' = 'failed') => ({
    conversationID,
    timeMs,
    preview: { kind: 'text', text: 'mine', from: 'me' } as const,
    state,
  });

  test.each<[string, ReturnType<typeof line>[], string]>([
    ['newest', [line('C2Cc', 100)], 'pin c a b'],
    ['as new as another', [line('C2Cc', 90)], 'pin c a b'],
    ['in between', [line('C2Cc', 60)], 'pin a c b'],
    ['of a pinned one', [line('C2Cpin', 100)], 'pin a b c'],
    ['older than what came since', [line('C2Ca', 60)], 'pin a b c'],
    ['of nobody in the list', [line('C2Cnew', 10)], 'pin a b c new'],
    ['two of one second, in the order of writing', [line('C2Cb', 100), line('C2Cc', 100)], 'pin c b a'],
    ['of a group that is not mine', [line('GROUPgone', 100)], 'pin a b c'],
    ['of a topic', [line('GROUP@TGS#_1@TOPIC#_2', 100)], 'pin a b c'],
  ])('%s', (_, unsent, order) => {
    expect(
      withUnsent(list, unsent, known)
        .map(({ id }) => id.slice(3))
        .join(' '),
    ).toBe(order);
  });

  test('what failed is marked though something newer came, what is under way is not', () => {
    expect(withUnsent(list, [line('C2Ca', 60)], known)[1]).toMatchObject({
      unsent: 'failed',
      lastTimeMs: 90,
      preview: { text: 'old' },
    });
    expect(withUnsent(list, [line('C2Ca', 60, 'sending')], known)).toEqual(list);
  });
});
