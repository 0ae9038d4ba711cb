import { expect, test } from 'vitest';
import { newMessage } from '../../messages/message.ts';
import { renew } from './message-from.ts';

const element = (fileUrl: string) => ({
  type: 'TIMFileElem' as const,
  payload: { uuid: '', fileName: 'a', fileUrl, fileSize: 1 },
});

/** As it was read first, in its second version. */
function shown() {
  const { type, payload } = element('old link');
  const base = { conversationType: 'C2C', to: 'alice', from: 'bob', flow: 'in' } as const;
  return newMessage({ ...base, type, payload, version: 2 });
}

test.each<[string, number, string, boolean]>([
  ['an older version changes nothing', 1, 'old link', false],
  ['the same one, read again, brings newer links and is no change', 2, 'new link', false],
  ['a newer one is a change', 3, 'new link', true],
])('%s', (_, version, fileUrl, isChange) => {
  const message = shown();
  expect(renew(message, { version, elements: [element('new link')] })).toBe(isChange);
  expect(message).toMatchObject({ payload: { fileUrl }, isModified: isChange });
});

test('what comes without content leaves the links as they are', () => {
  const message = shown();
  renew(message, { version: 2, elements: [] });
  expect(message.payload).toMatchObject({ fileUrl: 'old link' });
});

test('what was taken back does not come again with a page that was read before', () => {
  const message = Object.assign(shown(), {
    isRevoked: true,
    revoker: 'bob',
    payload: { ...element('').payload },
  });
  expect(renew(message, { version: 2, elements: [element('old link')] })).toBe(false);
  renew(message, { version: 3, elements: [element('old link')] });
  expect(message.payload).toMatchObject({ fileUrl: '' });
});
