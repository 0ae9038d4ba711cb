import { readFileSync } from 'node:fs';
import { LIMITS } from '@sterna/protocol';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import type { ChatSDK, Message } from '@sterna/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { history, logIn, say, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Each bound that messages, conversations and searches have, at its edge: one less and just so many are taken, one more is refused. */

interface Scene {
  world: World;
  ann: Device;
  /** Ann's to Ben, with extensions. */
  message: Message;
  /** Ann's to Ben, others of hers, and those that he sent her and wants receipts of. */
  many: readonly Message[];
  gone: readonly Message[];
  theirs: readonly Message[];
}

type Ask = (tim: ChatSDK, scene: Scene) => Promise<unknown>;

interface Bound {
  limit: keyof typeof LIMITS;
  /** What the published pages say, or ours where they are silent. */
  edge: number;
  ask(count: number): Ask;
  /** Where what fits comes to nothing for another reason. */
  fits?: number;
  /** 10004, where nothing else is published. */
  code?: number;
}

/** So many bytes, as few characters as can be: a limit that counted characters would let it through. */
function bytes(size: number): string {
  const four = Math.floor(size / 4);
  return '😀'.repeat(four) + 'x'.repeat(size - 4 * four);
}

const list = <Item>(size: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: size }, (_, at) => item(at));
const users = (size: number): string[] => list(size, (at) => `user ${at}`);
const conversations = (size: number): string[] => users(size).map((userID) => `C2C${userID}`);
const toBen = { to: 'ben', conversationType: 'C2C' as const };
const toTea = { to: 'tea', conversationType: 'GROUP' as const };
const hello = { ...toBen, payload: { text: 'x' } };

const sending =
  (make: (tim: ChatSDK, scene: Scene) => Message, options: Parameters<ChatSDK['sendMessage']>[1] = {}): Ask =>
  (tim, scene) =>
    tim.sendMessage(make(tim, scene), options);

const MESSAGES: Record<string, Bound> = {
  'bytes of a text': {
    limit: 'messageBytes',
    edge: 12 * 1024,
    ask: (size) => sending((tim) => tim.createTextMessage({ ...toBen, payload: { text: bytes(size) } })),
    code: 80002,
  },
  'bytes of custom data': {
    limit: 'messageBytes',
    edge: 12 * 1024,
    ask: (size) =>
      sending((tim) =>
        tim.createCustomMessage({ ...toBen, payload: { data: bytes(size), description: '', extension: '' } }),
      ),
    code: 80002,
  },
  'bytes of cloudCustomData': {
    limit: 'cloudCustomDataBytes',
    edge: 4096,
    ask: (size) => sending((tim) => tim.createTextMessage({ ...hello, cloudCustomData: bytes(size) })),
  },
  'bytes of cloudCustomData that is changed': {
    limit: 'cloudCustomDataBytes',
    edge: 4096,
    ask: (size) => async (tim) => {
      const message = tim.createTextMessage(hello);
      await tim.sendMessage(message);
      return tim.modifyMessage(Object.assign(message, { cloudCustomData: bytes(size) }));
    },
  },
  'bytes of offlinePushInfo as JSON': {
    limit: 'offlinePushBytes',
    edge: 4096,
    ask: (size) =>
      sending((tim) => tim.createTextMessage(hello), {
        offlinePushInfo: { title: bytes(size - '{"title":""}'.length) },
      }),
  },
  'receivers of a targeted message': {
    limit: 'receivers',
    edge: 50,
    ask: (size) => sending((tim) => tim.createTextMessage({ ...hello, ...toTea, receiverList: users(size) })),
  },
  'users who are mentioned': {
    limit: 'atUsers',
    edge: 30,
    ask: (size) =>
      sending((tim) =>
        tim.createTextAtMessage({ ...toTea, payload: { text: 'x', atUserList: users(size) } }),
      ),
  },
  'messages that are merged': {
    limit: 'mergedMessages',
    edge: 300,
    ask: (size) =>
      sending((tim, { message }) => {
        const messageList = list(size, () => message);
        const payload = { messageList, title: 't', abstractList: [], compatibleText: 'c' };
        return tim.createMergerMessage({ ...toBen, payload });
      }),
    code: 80002,
  },
  'the key of merged messages that are kept apart': {
    limit: 'mergerKeyLength',
    edge: 64,
    ask:
      (size) =>
      (tim, { message }) => {
        const payload = { downloadKey: 'k'.repeat(size), messageList: [] };
        return tim.downloadMergerMessage({ ...message, type: 'TIMRelayElem', payload } as never);
      },
    fits: 2451,
  },
  'messages deleted at once': {
    limit: 'messagesDeleted',
    edge: 50,
    ask:
      (size) =>
      (tim, { gone }) =>
        tim.deleteMessage(gone.slice(0, size)),
  },
  'receipts sent at once': {
    limit: 'receiptsSent',
    edge: 30,
    ask:
      (size) =>
      (tim, { theirs }) =>
        tim.sendMessageReadReceipt(theirs.slice(0, size)),
  },
  'receipts asked for at once': {
    limit: 'receiptsSent',
    edge: 30,
    ask:
      (size) =>
      (tim, { many }) =>
        tim.getMessageReadReceiptList(many.slice(0, size)),
  },
  'extensions set at once': {
    limit: 'extensionsSet',
    edge: 20,
    ask:
      (size) =>
      (tim, { message }) =>
        tim.setMessageExtensions(
          message,
          list(size, (at) => ({ key: `key ${at}`, value: 'x' })),
        ),
  },
  'bytes of an extension key': {
    limit: 'extensionKeyBytes',
    edge: 100,
    ask:
      (size) =>
      (tim, { message }) =>
        tim.setMessageExtensions(message, [{ key: bytes(size), value: 'x' }]),
  },
  'bytes of an extension value': {
    limit: 'extensionValueBytes',
    edge: 1024,
    ask:
      (size) =>
      (tim, { message }) =>
        tim.setMessageExtensions(message, [{ key: 'key', value: bytes(size) }]),
  },
  'messages whose reactions are read at once': {
    limit: 'reactionsRead',
    edge: 20,
    ask:
      (size) =>
      (tim, { many }) =>
        tim.getMessageReactions({ messageList: many.slice(0, size) }),
  },
  'users shown with a reaction': {
    limit: 'reactionUsersShown',
    edge: 10,
    ask:
      (size) =>
      (tim, { message }) =>
        tim.getMessageReactions({ messageList: [message], maxUserCountPerReaction: size }),
  },
  'texts translated at once': {
    limit: 'textsTranslated',
    edge: 20,
    ask: (size) => (tim) =>
      tim.translateText({ sourceTextList: users(size), sourceLanguage: 'auto', targetLanguage: 'fr' }),
  },
  'a language': {
    limit: 'languageBytes',
    edge: 16,
    ask: (size) => (tim) =>
      tim.translateText({ sourceTextList: ['x'], sourceLanguage: 'auto', targetLanguage: bytes(size) }),
  },
};

const CONVERSATIONS: Record<string, Bound> = {
  'bytes of custom data of a conversation': {
    limit: 'conversationCustomDataBytes',
    edge: 256,
    ask: (size) => (tim) =>
      tim.setConversationCustomData({ conversationIDList: ['C2Cben'], customData: bytes(size) }),
  },
  'conversations changed at once': {
    limit: 'conversationsAtOnce',
    edge: 100,
    ask: (size) => (tim) =>
      tim.markConversation({ conversationIDList: conversations(size), markType: 1, enableMark: true }),
  },
  'conversations deleted at once': {
    limit: 'conversationsDeleted',
    edge: 100,
    ask: (size) => (tim) => tim.deleteConversation({ conversationIDList: conversations(size) }),
  },
  'users muted at once': {
    limit: 'usersMuted',
    edge: 30,
    ask: (size) => (tim) =>
      tim.setMessageRemindType({ userIDList: users(size), messageRemindType: 'AcceptNotNotify' }),
  },
  'bytes of the name of a group of conversations': {
    limit: 'conversationGroupNameBytes',
    edge: 32,
    ask: (size) => (tim) => tim.createConversationGroup({ conversationIDList: [], groupName: bytes(size) }),
  },
  'bytes of the new name of a group of conversations': {
    limit: 'conversationGroupNameBytes',
    edge: 32,
    ask: (size) => async (tim) => {
      await tim.renameConversationGroup({ oldName: 'old', newName: `y${bytes(size - 1)}` });
      return tim.renameConversationGroup({ oldName: `y${bytes(size - 1)}`, newName: 'old' });
    },
  },
  'conversations put into a group at once': {
    limit: 'conversationsAtOnce',
    edge: 100,
    ask: (size) => (tim) =>
      tim.addConversationsToGroup({ conversationIDList: conversations(size), groupName: 'old' }),
  },
};

const searching =
  (query: (size: number) => Parameters<ChatSDK['searchCloudMessages']>[0]): Bound['ask'] =>
  (size) =>
  (tim) =>
    tim.searchCloudMessages(query(size));

const SEARCHES: Record<string, Bound> = {
  keywords: { limit: 'searchKeywords', edge: 5, ask: searching((size) => ({ keywordList: users(size) })) },
  'bytes of a keyword': {
    limit: 'searchKeywordBytes',
    edge: 128,
    ask: searching((size) => ({ keywordList: ['x'.repeat(size)] })),
  },
  senders: { limit: 'searchSenders', edge: 5, ask: searching((size) => ({ senderUserIDList: users(size) })) },
  'types of messages': {
    limit: 'searchTypes',
    edge: 16,
    ask: searching((size) => ({ messageTypeList: list(size, () => 'TIMTextElem' as const) })),
  },
  'types of groups': {
    limit: 'searchTypes',
    edge: 16,
    ask: (size) => (tim) =>
      tim.searchCloudGroups({ keywordList: ['x'], groupTypeList: list(size, () => 'Public' as const) }),
  },
  'groups whose members are searched': {
    limit: 'searchGroups',
    edge: 50,
    ask: (size) => (tim) => tim.searchCloudGroupMembers({ keywordList: ['x'], groupIDList: users(size) }),
    // They are none of hers.
    fits: 10007,
  },
  'results on a page': {
    limit: 'searchPage',
    edge: 100,
    ask: searching((count) => ({ keywordList: ['x'], count })),
  },
};

const BOUNDS = Object.entries({ ...MESSAGES, ...CONVERSATIONS, ...SEARCHES });

let scene: Scene;

beforeAll(async () => {
  const world = createWorld(1, {
    search: true,
    domains: [...allModules, ...furtherModules],
    language: { translate: async (texts) => [...texts] },
  });
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  const message = await say(world, ann, 'ben', { text: 'hello', isSupportExtension: true });
  const [many, gone] = [await texts(world, ann, 31), await texts(world, ann, 51)];
  const asking = { to: 'ann', conversationType: 'C2C' as const, needReadReceipt: true };
  const questions = list(31, (at) => ben.tim.createTextMessage({ ...asking, payload: { text: `${at}?` } }));
  await settle(world, Promise.all(questions.map((text) => ben.tim.sendMessage(text))));
  const theirs = questions.map(({ ID }) => ann.tim.findMessage(ID)).filter((one) => one !== null);
  expect(theirs).toHaveLength(31);
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public' }));
  await settle(world, ann.tim.createConversationGroup({ conversationIDList: [], groupName: 'old' }));
  scene = { world, ann, message, many, gone, theirs };
});

async function texts(world: World, { tim }: Device, count: number): Promise<Message[]> {
  const made = list(count, () => tim.createTextMessage(hello));
  await settle(world, Promise.all(made.map((text) => tim.sendMessage(text))));
  return made;
}

/** 0 for what is taken, else the code; some of it waits for its turn. */
async function codeOf(ask: Ask): Promise<number> {
  const code = ask(scene.ann.tim, scene).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
  await scene.world.pass(10_000);
  return code;
}

describe('the bounds', () => {
  test.each(BOUNDS)('%s', async (_, { limit, edge, ask, fits = 0, code = 10004 }) => {
    expect(LIMITS[limit]).toBe(edge);
    const codes: number[] = [];
    for (const count of [edge - 1, edge, edge + 1]) codes.push(await codeOf(ask(count)));
    expect(codes).toEqual([fits, fits, code]);
  });
});

test('a page of history has as many messages as are asked for, at most 15', async () => {
  const { world, ann } = scene;
  const conversationID = 'C2Cben';
  for (const [count, has] of [
    [LIMITS.historyPage - 1, 14],
    [LIMITS.historyPage, 15],
    [LIMITS.historyPage + 1, 15],
  ]) {
    const pages = [
      await settle(world, ann.tim.getMessageList({ conversationID, count })),
      await settle(world, ann.tim.getMessageListHopping({ conversationID, count })),
    ];
    expect(pages.map(({ data }) => data.messageList.length)).toEqual([has, has]);
  }
  expect(await history(world, ann, conversationID)).toHaveLength(15);
});

/** Bounds that no single call meets, pages of the server's own, and times: the tests that name them. */
const ELSEWHERE: Record<string, readonly string[]> = {
  'packages/core/src/messages/limits.test.ts': [
    'recallWindowMs',
    'extensionsOfMessage',
    'reactionUsers',
    'mergerBytes',
    'readMembersPage',
  ],
  'packages/core/src/messages/reactions.test.ts': ['reactionKinds'],
  'packages/core/src/messages/recall-message.test.ts': ['mergersInside'],
  'packages/core/src/messages/collect-merger.test.ts': ['mergerUnsentMs'],
  'packages/core/src/conversations/limits.test.ts': [
    'conversationsPinned',
    'conversationGroups',
    'conversationsInGroup',
    'conversationsListed',
    'backlogPerConversation',
    'syncPage',
  ],
  'packages/protocol/src/bounds.test.ts': ['elements', 'recallReasonBytes', 'historyPageMax'],
  'packages/sdk/src/limits.test.ts': ['mergerPartBytes', 'historyPage'],
  'packages/core/src/search/pages.test.ts': ['searchCursorMs'],
  'packages/core/src/search/search-messages.test.ts': ['searchHits'],
  'tests/sdk/search.test.ts': ['searchesPerSecond'],
};

test('no bound of messages, conversations and searches is left out', () => {
  const source = readFileSync(new URL('../../packages/protocol/src/limits.ts', import.meta.url), 'utf8');
  const sections = source
    .split(/^ {2}\/\/ /m)
    .filter((part) => /^(messages|conversations|search)\n/.test(part));
  expect(sections).toHaveLength(3);
  const names = sections.flatMap((part) => [...part.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name));
  const tested = new Set<string>(BOUNDS.map(([, { limit }]) => limit));
  for (const [path, named] of Object.entries(ELSEWHERE)) {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    for (const name of named) if (new RegExp(`\\b${name}\\b`).test(text)) tested.add(name);
  }
  expect(names.filter((name) => !tested.has(name))).toEqual([]);
});
