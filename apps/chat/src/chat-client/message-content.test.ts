import { expect, test } from 'vitest';
import { contentOf } from './message-content.ts';

test('a merged message holds what it was made of, and shows a few lines of it', () => {
  const messageList = [
    {
      ID: 'm1',
      from: 'bob',
      nick: 'Bob',
      time: 1_700_000_000,
      messageBody: [{ type: 'TIMTextElem', payload: { text: 'hello' } }],
    },
    { ID: 'm2', from: 'carol' },
  ];
  const abstractList = ['1', '2', '3', '4', '5', 6];
  expect(contentOf('TIMRelayElem', { title: 'History', abstractList, messageList })).toEqual({
    kind: 'merger',
    title: 'History',
    lines: ['1', '2', '3', '4'],
    messages: [
      {
        id: 'm1',
        from: 'bob',
        name: 'Bob',
        avatar: '',
        timeMs: 1_700_000_000_000,
        type: 'TIMTextElem',
        payload: { text: 'hello' },
      },
      { id: 'm2', from: 'carol', name: 'carol', avatar: '', timeMs: 0, type: '', payload: undefined },
    ],
  });
});

test.each([undefined, null, 7, 'text', [], {}])('a payload of %o is empty and breaks nothing', (payload) => {
  expect(contentOf('TIMRelayElem', payload)).toEqual({ kind: 'merger', title: '', lines: [], messages: [] });
  expect(contentOf('TIMFaceElem', payload)).toEqual({ kind: 'face', data: '' });
  expect(contentOf('TIMLocationElem', payload)).toMatchObject({ latitude: 0, longitude: 0 });
  expect(contentOf('TIMTextElem', payload)).toBeUndefined();
});
