import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, timeline } from '../../dev/stage.ts';
import { LIMITS } from './limits.ts';

describe('a conversation', () => {
  test('opens with its newest page and goes back page by page to the beginning', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(40) } });
    await client.open(CHAT);
    expect(timeline(state())).toMatchObject({ first: 'ready', older: 'idle', dividerKey: undefined });
    expect(timeline(state()).items).toHaveLength(15);
    await client.loadOlder(CHAT);
    await client.loadOlder(CHAT);
    await client.loadOlder(CHAT);
    expect(timeline(state()).older).toBe('none');
    expect(timeline(state()).items.map(({ text }) => text)).toEqual(lines(40).map(([, , text]) => text));
    expect(tim.controls.calls.filter((call) => call.startsWith('history'))).toHaveLength(3);
  });

  test('opens at the first unread message, however many pages back', async () => {
    const { client, state } = await signedIn({ histories: { [CHAT]: lines(60) }, unread: { [CHAT]: 40 } });
    await client.open(CHAT);
    const { items, dividerKey, first } = timeline(state());
    expect(first).toBe('ready');
    expect(items.find(({ key }) => key === dividerKey)?.text).toBe('line 21');
  });

  test('says when its messages could not be read, and reads them on another try', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(3) } });
    const { getMessageList } = tim;
    tim.getMessageList = () => Promise.reject(new Error('gone'));
    await client.open(CHAT);
    expect(timeline(state()).first).toBe('failed');
    tim.getMessageList = getMessageList;
    await client.loadFirst(CHAT);
    expect(timeline(state())).toMatchObject({ first: 'ready', older: 'none' });
  });

  test('what arrives while nobody looks is divided off; what is looked at is not', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(3) } });
    await client.open(CHAT);
    client.attend(CHAT);
    tim.controls.deliver(CHAT, 'bob', 'seen at once');
    expect(timeline(state()).dividerKey).toBeUndefined();
    client.attend(undefined);
    const missed = tim.controls.deliver(CHAT, 'bob', 'missed');
    tim.controls.deliver(CHAT, 'bob', 'missed too');
    expect(timeline(state()).dividerKey).toBe(missed.ID);
    await client.sendText(CHAT, 'an answer');
    expect(timeline(state()).dividerKey).toBeUndefined();
  });

  test('a late page for a user who signed out touches nothing', async () => {
    const { client, state } = await signedIn({ histories: { [CHAT]: lines(3), C2Ccarol: lines(3) } });
    const opening = client.open(CHAT);
    await client.signOut();
    await client.signInAs('carol');
    await opening;
    expect(state().timelines).toEqual({});
  });

  test('is read anew when the SDK had to start over, and what was not sent stays', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(20), C2Ccarol: lines(2) } });
    await client.open('C2Ccarol');
    await client.open(CHAT);
    await client.loadOlder(CHAT);
    tim.controls.sending.mode = 'fail';
    await client.sendText(CHAT, 'not sent');
    const asked = tim.controls.calls.length;
    tim.controls.emit('sdkReload', undefined);
    await settled();
    expect(Object.keys(state().timelines)).toEqual([CHAT]);
    expect(
      timeline(state())
        .items.map(({ text }) => text)
        .slice(-2),
    ).toEqual(['line 20', 'not sent']);
    expect(timeline(state())).toMatchObject({ first: 'ready', older: 'idle' });
    expect(timeline(state()).items).toHaveLength(16);
    expect(tim.controls.calls.slice(asked)).toContain(`history ${CHAT}`);
  });

  test('never holds more than the bound, the oldest going first', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
    await client.open(CHAT);
    const many = Array.from({ length: LIMITS.timelineMessages }, (_, index) => ({
      ...tim.createTextMessage({ to: 'bob', conversationType: 'C2C', payload: { text: `live ${index}` } }),
      flow: 'in',
      status: 'success',
      sequence: 1_000 + index,
    }));
    tim.controls.emit('onMessageReceived', many);
    expect(timeline(state()).items).toHaveLength(LIMITS.timelineMessages);
    expect(timeline(state()).items[0]?.text).toBe('live 0');
    expect(timeline(state()).older).toBe('limit');
  });

  test('long ones that are left are forgotten, and only some stay at hand', async () => {
    const many = Array.from({ length: LIMITS.timelines + 3 }, (_, index) => `C2Cuser${index}`);
    const histories = Object.fromEntries([...many.map((id) => [id, lines(2)]), [CHAT, lines(320)]]);
    const { client, state } = await signedIn({ histories });
    await client.open(CHAT);
    while (timeline(state()).older === 'idle') await client.loadOlder(CHAT);
    expect(timeline(state()).items.length).toBeGreaterThan(LIMITS.closedTimelineMessages);
    for (const id of many) await client.open(id);
    expect(state().timelines[CHAT]).toBeUndefined();
    expect(Object.keys(state().timelines)).toEqual(many.slice(-LIMITS.timelines));
  });
});

describe('sending', () => {
  test('shows the message at once, and then how far it came', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
    await client.open(CHAT);
    tim.controls.sending.mode = 'hold';
    const sending = client.sendText(CHAT, 'hello');
    expect(timeline(state()).items.at(-1)).toMatchObject({ text: 'hello', mine: true, delivery: 'sending' });
    tim.controls.sending.release();
    await sending;
    const sent = timeline(state()).items.at(-1);
    expect(sent).toMatchObject({ text: 'hello', delivery: 'sent' });
    const raw = tim.controls.calls.length;
    tim.controls.emit('onMessageReadByPeer', [
      {
        ...tim.createTextMessage({ to: 'bob', conversationType: 'C2C', payload: { text: 'hello' } }),
        ID: sent?.id ?? '',
        status: 'success',
        isPeerRead: true,
        sequence: sent?.sequence ?? 0,
        time: 1_700_000_000,
      },
    ]);
    expect(timeline(state()).items.at(-1)).toMatchObject({ key: sent?.key, delivery: 'read' });
    expect(tim.controls.calls).toHaveLength(raw);
  });

  test('a failure keeps the text, the reason and a way to try again', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
    await client.open(CHAT);
    tim.controls.sending.mode = 'fail';
    await client.sendText(CHAT, 'hello');
    const failed = timeline(state()).items.at(-1);
    expect(failed).toMatchObject({ delivery: 'failed', failure: { code: 2801 } });
    tim.controls.sending.mode = 'succeed';
    await client.retry(failed?.key ?? '');
    expect(timeline(state()).items.at(-1)).toMatchObject({
      key: failed?.key,
      text: 'hello',
      delivery: 'sent',
      failure: undefined,
    });
    expect(timeline(state()).items).toHaveLength(2);
  });

  test('an SDK that rejects and says nothing on the message still counts as failed', async () => {
    const { client, state, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
    await client.open(CHAT);
    tim.sendMessage = () => Promise.reject(Object.assign(new Error('no'), { code: 10007 }));
    await client.sendText(CHAT, 'hello');
    expect(timeline(state()).items.at(-1)).toMatchObject({ delivery: 'failed', failure: { code: 10007 } });
  });
});
