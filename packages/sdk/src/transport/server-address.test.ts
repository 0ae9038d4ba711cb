import { expect, test } from 'vitest';
import { webSocketURL } from './server-address.ts';

test.each([
  ['wss://chat.example.com', 'wss://chat.example.com/ws'],
  ['wss://chat.example.com/', 'wss://chat.example.com/ws'],
  ['https://chat.example.com', 'wss://chat.example.com/ws'],
  ['http://127.0.0.1:8080', 'ws://127.0.0.1:8080/ws'],
  ['ws://[::1]:8080', 'ws://[::1]:8080/ws'],
  ['wss://chat.example.com/im', 'wss://chat.example.com/im'],
  ['wss://chat.example.com/im/', 'wss://chat.example.com/im/'],
  ['wss://chat.example.com?room=1', 'wss://chat.example.com/ws?room=1'],
  ['WSS://chat.example.com', 'wss://chat.example.com/ws'],
])('%s is %s', (named, url) => {
  expect(webSocketURL(named)).toBe(url);
});

test.each([undefined, '', 'chat.example.com', 'ftp://chat.example.com', '//chat.example.com', 'ws://'])(
  '%s is refused in a sentence',
  (named) => {
    expect(() => webSocketURL(named)).toThrow(
      expect.objectContaining({ code: 2800, message: expect.stringMatching(/server/) as string }) as Error,
    );
  },
);
