import type { MessageEvent } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer, type TestServer } from '../testing/start-server.ts';

const MEMBERS_ONLY = { config: { objects: { port: 0, readers: 'members' as const } } };
const BODY = 'for members only';

async function connect(server: TestServer, userID: string) {
  const client = await connectClient(server.wsURL);
  await client.login(server.credentials(userID));
  return client;
}

type Client = Awaited<ReturnType<typeof connect>>;

/** A file in a message, as its sender is shown it. */
async function upload(client: Client): Promise<string> {
  const { key, putURL } = await client.request('upload.begin', {
    kind: 'file',
    size: BODY.length,
    name: 'a.txt',
  });
  await fetch(putURL, { method: 'PUT', body: BODY });
  return (await client.request('upload.finish', { kind: 'file', key })).url;
}

const elementOf = (fileUrl: string) => ({
  type: 'TIMFileElem' as const,
  payload: { uuid: '', fileName: 'a.txt', fileUrl, fileSize: BODY.length },
});

let sends = 0;

function send(client: Client, conversationID: string, fileUrl: string) {
  sends += 1;
  const message = { conversationID, clientID: `c${sends}`, elements: [elementOf(fileUrl)] };
  return client.request('message.send', message);
}

/** The link of the newest message with a file, as whoever reads the history is given it. */
async function linkIn(client: Client, conversationID: string): Promise<string> {
  const { messages } = await client.request('message.history', { conversationID, limit: 20 });
  return linkOf(messages.flatMap(({ elements }) => elements));
}

function linkOf(elements: MessageEvent['elements']): string {
  const file = elements.findLast(({ type }) => type === 'TIMFileElem');
  if (file?.type !== 'TIMFileElem') throw new Error('there is no file');
  return file.payload.fileUrl;
}

async function open(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  return response.ok ? text : `${response.status} ${/<Code>(\w+)</.exec(text)?.[1] ?? ''}`;
}

/** The link, as if the one who has it were the other. */
const as = (other: string, url: string): string => {
  const name = (link: string) => /&reader=([^&]*)/.exec(link)?.[0] ?? '';
  return url.replace(name(url), name(other));
};

test('a group has its files to itself: who never was in it, and who has left, is refused', async () => {
  await using server = await startServer(MEMBERS_ONLY);
  await using alice = await connect(server, 'alice');
  await using bob = await connect(server, 'bob');
  await using carol = await connect(server, 'carol');
  const { group } = await alice.request('group.create', {
    type: 'Private',
    name: 'two',
    members: [{ userID: 'bob' }],
  });
  const conversationID = `GROUP${group.groupID}`;
  const hers = await upload(alice);
  expect(await open(hers)).toBe(BODY);
  await send(alice, conversationID, hers);

  const isFile = (elements: MessageEvent['elements']) => elements.some(({ type }) => type === 'TIMFileElem');
  const pushed = await bob.push('conversation', ({ events }) =>
    events.some(([, event]) => event.t === 'message' && isFile(event.elements)),
  );
  const told = linkOf(pushed.events.flatMap(([, event]) => (event.t === 'message' ? event.elements : [])));
  expect(await open(told)).toBe(BODY);
  const his = await linkIn(bob, conversationID);
  expect(await open(his)).toBe(BODY);
  // Each has the same link, with the own name beside it.
  expect(new Set([hers, told, his].map((url) => as('', url))).size).toBe(1);
  expect(told).not.toBe(hers);

  // Carol is told the link by somebody who has it: with her own name it opens nothing, and without one neither.
  const others = await upload(carol);
  expect(await open(as(others, his))).toBe('403 AccessDenied');
  expect(await open(as('', his))).toBe('403 AccessDenied');
  await expect(send(carol, 'C2Cbob', his)).rejects.toMatchObject({ code: 114001 });

  await bob.request('group.quit', { groupID: group.groupID });
  expect(await open(his)).toBe('403 AccessDenied');
  expect(await open(told)).toBe('403 AccessDenied');
  await expect(send(bob, 'C2Ccarol', his)).rejects.toMatchObject({ code: 114001 });
  expect(await open(hers)).toBe(BODY);
});

test('passing a file on lets those of the other conversation in, and a merged message too', async () => {
  await using server = await startServer(MEMBERS_ONLY);
  await using alice = await connect(server, 'alice');
  await using bob = await connect(server, 'bob');
  await using carol = await connect(server, 'carol');
  await using dave = await connect(server, 'dave');
  await send(alice, 'C2Cbob', await upload(alice));
  const his = await linkIn(bob, 'C2Calice');
  expect(await open(his)).toBe(BODY);
  await send(bob, 'C2Ccarol', his);
  expect(await open(await linkIn(carol, 'C2Cbob'))).toBe(BODY);

  const daves = await upload(dave);
  expect(await open(as(daves, his))).toBe('403 AccessDenied');
  await bob.request('message.send', {
    conversationID: 'C2Cdave',
    clientID: 'merged',
    elements: [
      {
        type: 'TIMRelayElem',
        payload: {
          downloadKey: '',
          title: 'two',
          abstractList: ['a'],
          compatibleText: 'two',
          layersOverLimit: false,
          messageList: [
            { ID: '1', from: 'alice', nick: '', avatar: '', time: 1, messageBody: [elementOf(his)] },
          ],
        },
      },
    ],
  });
  expect(await open(as(daves, his))).toBe(BODY);
});

test('where a link is enough, nobody is named in it', async () => {
  await using server = await startServer({ config: { objects: { port: 0 } } });
  await using alice = await connect(server, 'alice');
  const url = await upload(alice);
  expect(url).not.toContain('reader');
  expect(await open(url)).toBe(BODY);
});
