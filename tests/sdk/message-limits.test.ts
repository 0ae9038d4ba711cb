import type { Message } from '@sterna/sdk';
import { expect, test } from 'vitest';
import { logIn, say, settle } from './talk.ts';
import { createWorld, type Device } from './world.ts';

interface Scene {
  ann: Device;
  message: Message;
  many: readonly Message[];
}

interface Row {
  name: string;
  limit: number;
  /** Above the limit. */
  code: number;
  call(scene: Scene, size: number): Promise<unknown>;
}

/** So many bytes, as few characters as can be: a limit that counted characters would let it through. */
function bytes(size: number): string {
  const four = Math.floor(size / 4);
  return '😀'.repeat(four) + 'x'.repeat(size - 4 * four);
}

const list = <Item>(size: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: size }, (_, at) => item(at));
const toBen = { to: 'ben', conversationType: 'C2C' as const };
const toTea = { to: 'tea', conversationType: 'GROUP' as const };

const ROWS: readonly Row[] = [
  {
    name: 'bytes of a text',
    limit: 12 * 1024,
    code: 80002,
    call: ({ ann }, size) =>
      ann.tim.sendMessage(ann.tim.createTextMessage({ ...toBen, payload: { text: bytes(size) } })),
  },
  {
    name: 'bytes of custom data',
    limit: 12 * 1024,
    code: 80002,
    call: ({ ann }, size) => {
      const payload = { data: bytes(size), description: '', extension: '' };
      return ann.tim.sendMessage(ann.tim.createCustomMessage({ ...toBen, payload }));
    },
  },
  {
    name: 'bytes of cloudCustomData',
    limit: 4096,
    code: 10004,
    call: ({ ann }, size) => {
      const message = ann.tim.createTextMessage({
        ...toBen,
        payload: { text: 'x' },
        cloudCustomData: bytes(size),
      });
      return ann.tim.sendMessage(message);
    },
  },
  {
    name: 'receivers of a targeted message',
    limit: 50,
    code: 10004,
    call: ({ ann }, size) => {
      const receiverList = list(size, (at) => `user ${at}`);
      return ann.tim.sendMessage(
        ann.tim.createTextMessage({ ...toTea, payload: { text: 'x' }, receiverList }),
      );
    },
  },
  {
    name: 'users who are mentioned',
    limit: 30,
    code: 10004,
    call: ({ ann }, size) => {
      const payload = { text: 'x', atUserList: list(size, (at) => `user ${at}`) };
      return ann.tim.sendMessage(ann.tim.createTextAtMessage({ ...toTea, payload }));
    },
  },
  {
    name: 'messages deleted at once',
    limit: 50,
    code: 10004,
    call: ({ ann, many }, size) => ann.tim.deleteMessage(many.slice(0, size)),
  },
  {
    name: 'extensions set at once',
    limit: 20,
    code: 10004,
    call: ({ ann, message }, size) =>
      ann.tim.setMessageExtensions(
        message,
        list(size, (at) => ({ key: `key ${at}`, value: 'x' })),
      ),
  },
  {
    name: 'bytes of an extension key',
    limit: 100,
    code: 10004,
    call: ({ ann, message }, size) =>
      ann.tim.setMessageExtensions(message, [{ key: bytes(size), value: 'x' }]),
  },
  {
    name: 'bytes of an extension value',
    limit: 1024,
    code: 10004,
    call: ({ ann, message }, size) =>
      ann.tim.setMessageExtensions(message, [{ key: 'key', value: bytes(size) }]),
  },
  {
    name: 'messages whose reactions are read at once',
    limit: 20,
    code: 10004,
    call: ({ ann, many }, size) => ann.tim.getMessageReactions({ messageList: many.slice(0, size) }),
  },
  {
    name: 'bytes of custom data of a conversation',
    limit: 256,
    code: 10004,
    call: ({ ann }, size) =>
      ann.tim.setConversationCustomData({ conversationIDList: ['C2Cben'], customData: bytes(size) }),
  },
  {
    name: 'conversations deleted at once',
    limit: 100,
    code: 10004,
    call: ({ ann }, size) =>
      ann.tim.deleteConversation({ conversationIDList: list(size, (at) => `C2Cuser ${at}`) }),
  },
];

const world = createWorld(1);
const [ann, ben] = [world.device(), world.device()];
let scene: Scene | undefined;

/** One conversation serves all rows. */
async function setScene(): Promise<Scene> {
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  const message = await say(world, ann, 'ben', { text: 'hello', isSupportExtension: true });
  const texts = list(51, (at) => ann.tim.createTextMessage({ ...toBen, payload: { text: `${at}` } }));
  const sending = Promise.all(texts.map((text) => ann.tim.sendMessage(text)));
  await settle(world, sending);
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public' }));
  return { ann, message, many: texts };
}

test.each(ROWS)('$name: $limit, and one more is refused with $code', async ({ limit, code, call }) => {
  scene ??= await setScene();
  await settle(world, call(scene, limit - 1));
  await settle(world, call(scene, limit));
  await expect(settle(world, call(scene, limit + 1))).rejects.toMatchObject({ code });
});
