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

test('a picture has the address of a bubble’s size, and of the whole', () => {
  const info = (type: number, name: string) => ({
    type,
    url: `https://files.test/${name}`,
    width: 8,
    height: 6,
    size: 3,
  });
  const imageInfoArray = [info(0, 'original'), info(1, 'thumbnail'), info(2, 'large')];
  expect(contentOf('TIMImageElem', { imageInfoArray })).toEqual({
    kind: 'image',
    width: 8,
    height: 6,
    size: 3,
    url: 'https://files.test/large',
    originalURL: 'https://files.test/original',
    file: undefined,
  });
  expect(contentOf('TIMImageElem', { imageInfoArray: [info(0, 'only')] })).toMatchObject({
    url: 'https://files.test/only',
  });
});

test.each(['javascript:alert(1)', 'data:text/html,x', ' https://files.test', '/a', 7, undefined])(
  'an address that could run, or is none (%j), is not followed',
  (url) => {
    expect(contentOf('TIMImageElem', { imageInfoArray: [{ type: 0, url }] })).toMatchObject({
      url: '',
      originalURL: '',
    });
    expect(contentOf('TIMSoundElem', { url })).toMatchObject({ url: '' });
    expect(contentOf('TIMVideoFileElem', { videoUrl: url, snapshotUrl: url })).toMatchObject({
      url: '',
      pictureURL: '',
    });
    expect(contentOf('TIMFileElem', { fileUrl: url, fileName: 'a' })).toMatchObject({ url: '', name: 'a' });
  },
);

test('a name that turns the writing is shown as what it is', () => {
  expect(contentOf('TIMFileElem', { fileName: 'a\u202Etxt.exe' })).toMatchObject({ name: 'atxt.exe' });
  expect(contentOf('TIMFileElem', { fileName: '\u2067דוח\u2069 2026\n.pdf' })).toMatchObject({
    name: 'דוח 2026.pdf',
  });
});
