import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { type ClientOptions, ConnectionLost, connectClient, RefusedRequest } from './client.ts';

/** A server that says what the test wants. */
let server: WebSocketServer;
let onFrame: (socket: WebSocket, frame: [number, string, unknown]) => void;

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) =>
    socket.on('message', (data) =>
      onFrame(socket, JSON.parse((data as Buffer).toString()) as [number, string, unknown]),
    ),
  );
  await new Promise((resolve) => server.once('listening', resolve));
});

afterEach(async () => {
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const connect = (options: ClientOptions = {}) =>
  connectClient(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`, {
    patienceMs: 1000,
    ...options,
  });

describe('the protocol client', () => {
  test('pairs replies and refusals with their requests, whatever their order', async () => {
    const frames: [number, string, unknown][] = [];
    onFrame = (socket, frame) => {
      frames.push(frame);
      const [first] = frames;
      if (frames.length < 2 || first === undefined) return;
      socket.send(
        JSON.stringify([
          [1, frame[0], 10010, 'No such group', { a: 1 }],
          [0, first[0], { timeMs: 5 }],
        ]),
      );
    };
    await using client = await connect();
    const ping = client.request('session.ping', {});
    const refused = client.request('group.quit', { groupID: 'g' });
    await expect(refused).rejects.toThrow(RefusedRequest);
    await expect(refused).rejects.toMatchObject({ code: 10010, data: { a: 1 } });
    expect(await ping).toEqual({ timeMs: 5 });
    expect(client.framesReceived).toBe(1);
  });

  test('hands out pushes by name and wish, those that came before the question too', async () => {
    onFrame = (socket, [id]) => {
      const covered = (from: number) => [
        2,
        'conversation',
        { conversationID: 'C2Ca', from, to: from, events: [] },
      ];
      socket.send(JSON.stringify([covered(1), covered(2), [0, id, { timeMs: 1 }], [2, 'ping', {}]]));
    };
    await using client = await connect();
    await client.request('session.ping', {});
    expect(await client.push('conversation', ({ from }) => from === 2)).toMatchObject({ to: 2 });
    expect(await client.push('ping')).toEqual({});
    expect(client.pushes).toHaveLength(1);
    await expect(client.push('kicked', undefined, 20)).rejects.toThrow('a push "kicked" did not come');
  });

  test('a reply that breaks its schema fails the request that got it', async () => {
    onFrame = (socket, [id]) => socket.send(JSON.stringify([[0, id, { timeMs: 'noon' }]]));
    await using client = await connect();
    await expect(client.request('session.ping', {})).rejects.toThrow('breaks its schema');
  });

  test.each([
    ['answers when asked for a sign of life', {}, ['session.ping']],
    ['can play dead', { playsDead: true }, []],
  ])('%s', async (_, options, answers) => {
    const heard: string[] = [];
    onFrame = (socket, [id, command]) => {
      heard.push(command);
      const reply = command === 'conversation.list' ? { conversations: [] } : { timeMs: 1 };
      socket.send(
        JSON.stringify([[0, id, reply], ...(command === 'conversation.list' ? [[2, 'ping', {}]] : [])]),
      );
    };
    await using client = await connect(options);
    await client.request('conversation.list', {});
    await client.push('ping');
    await client.request('profile.get', { userIDs: ['a'] }).catch(() => undefined);
    expect(heard).toEqual(['conversation.list', ...answers, 'profile.get']);
  });

  test('a lost connection leaves open requests unknown', async () => {
    onFrame = (socket) => socket.terminate();
    await using client = await connect();
    await expect(client.request('session.ping', {})).rejects.toThrow(ConnectionLost);
    expect(await client.closed).toMatchObject({ code: 1006 });
    await expect(client.request('session.ping', {})).rejects.toThrow(ConnectionLost);
  });

  test('nonsense from the server ends the connection with the reason', async () => {
    onFrame = (socket) => socket.send('{"not":"a frame"}');
    await using client = await connect();
    await expect(client.request('session.ping', {})).rejects.toThrow(/Invalid type|Expected/);
  });
});
