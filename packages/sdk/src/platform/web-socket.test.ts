import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodePlatform } from './node.ts';
import { namedServer, openWebSocket } from './web-socket.ts';

class StandIn {
  static last: StandIn | undefined;
  readonly OPEN = 1;
  readyState = 0;
  sent: string[] = [];
  closedWith: [number | undefined, string | undefined] | undefined;
  onopen = (): void => undefined;
  onmessage = (_event: { data: unknown }): void => undefined;
  onclose = (_event: { code: number; reason: string }): void => undefined;
  readonly url: string;

  constructor(url: string) {
    if (!url.startsWith('ws')) throw new SyntaxError('not a WebSocket address');
    this.url = url;
    StandIn.last = this;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number, reason?: string): void {
    this.closedWith = [code, reason];
  }
}

beforeEach(() => void vi.stubGlobal('WebSocket', StandIn));
afterEach(() => vi.unstubAllGlobals());

function open(url = 'ws://sterna.test') {
  const handlers = { onOpen: vi.fn(), onText: vi.fn(), onClose: vi.fn() };
  const socket = openWebSocket(url, handlers);
  const last = StandIn.last;
  if (!last) throw new Error('no socket was made');
  return { handlers, socket, last };
}

test('passes on what opens, comes and closes', () => {
  const { handlers, last } = open();
  last.onopen();
  last.onmessage({ data: '[]' });
  last.onmessage({ data: new ArrayBuffer(1) });
  last.onclose({ code: 4000, reason: 'draining' });
  expect(handlers.onOpen).toHaveBeenCalledOnce();
  expect(handlers.onText.mock.calls).toEqual([['[]']]);
  expect(handlers.onClose.mock.calls).toEqual([[4000, 'draining']]);
});

test('after a close nothing is heard of it', () => {
  const { handlers, socket, last } = open();
  socket.close(1000);
  last.onopen();
  last.onmessage({ data: '[]' });
  last.onclose({ code: 1000, reason: '' });
  expect(last.closedWith).toEqual([1000, '']);
  for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
});

test('sends only through an open socket: others throw in some browsers', () => {
  const { socket, last } = open();
  socket.send('early');
  last.readyState = 1;
  socket.send('now');
  last.readyState = 3;
  socket.send('late');
  expect(last.sent).toEqual(['now']);
});

test('an address that the constructor refuses is a close, told after the caller has its socket', async () => {
  const handlers = { onOpen: vi.fn(), onText: vi.fn(), onClose: vi.fn() };
  const socket = openWebSocket('no address', handlers);
  expect(handlers.onClose).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(handlers.onClose).toHaveBeenCalledExactlyOnceWith(1006, 'not a WebSocket address');
  socket.send('nothing');
  socket.close();
});

test('the named server is the global, if it is a string', () => {
  expect(namedServer()).toBeUndefined();
  vi.stubGlobal('STERNA_SERVER', 'ws://named.test');
  expect(namedServer()).toBe('ws://named.test');
  vi.stubGlobal('STERNA_SERVER', 7);
  expect(namedServer()).toBeUndefined();
});

test('Node says what it lacks before it has a WebSocket', () => {
  expect(createNodePlatform().lacksSockets?.()).toBeUndefined();
  vi.stubGlobal('WebSocket', undefined);
  expect(createNodePlatform().lacksSockets?.()).toContain('Node 22');
});
