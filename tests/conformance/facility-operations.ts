import type { Operation, Operations, Scene } from './group-operation.ts';
import { first, type Town } from './town.ts';

const owner = (town: Town) => first(town.devices.omar).tim;

/** The group has attributes, of which the operation changes some. */
const withAttributes: Operation['prepare'] = (town, { groupID }) =>
  town.outcome(() => owner(town).initGroupAttributes({ groupID, groupAttributes: { a: '1', b: '2' } }));

const attributesTold = ({ groupID }: Scene, groupAttributes: Record<string, string>) => [
  { name: 'groupAttributesUpdated', data: { groupID, groupAttributes } },
];

const ATTRIBUTES = {
  'init attributes': {
    isRepeatable: true,
    prepare: withAttributes,
    run: (tim, { groupID }) => tim.initGroupAttributes({ groupID, groupAttributes: { c: '3' } }),
    effects: (scene) => ({
      events: attributesTold(scene, { c: '3' }),
      answer: { groupAttributes: { c: '3' } },
    }),
  },
  'set attributes': {
    isRepeatable: true,
    prepare: withAttributes,
    run: (tim, { groupID }) => tim.setGroupAttributes({ groupID, groupAttributes: { b: 'new', c: '3' } }),
    effects: (scene) => ({
      events: attributesTold(scene, { a: '1', b: 'new', c: '3' }),
      answer: { groupAttributes: { b: 'new', c: '3' } },
    }),
  },
  'delete attributes': {
    isRepeatable: true,
    prepare: withAttributes,
    run: (tim, { groupID }) => tim.deleteGroupAttributes({ groupID, keyList: ['a'] }),
    effects: (scene) => ({ events: attributesTold(scene, { b: '2' }), answer: { keyList: ['a'] } }),
  },
  'delete all attributes': {
    isRepeatable: true,
    prepare: withAttributes,
    run: (tim, { groupID }) => tim.deleteGroupAttributes({ groupID }),
    effects: (scene) => ({ events: attributesTold(scene, {}), answer: { keyList: [] } }),
  },
  'read attributes': {
    isRepeatable: true,
    prepare: withAttributes,
    run: (tim, { groupID }) => tim.getGroupAttributes({ groupID, keyList: ['b', 'none'] }),
    effects: () => ({ answer: { groupAttributes: { b: '2' } } }),
  },
} satisfies Operations;

const withCounters: Operation['prepare'] = (town, { groupID }) =>
  town.outcome(() => owner(town).setGroupCounters({ groupID, counters: { likes: 5, gifts: 1 } }));

const counterTold = ({ groupID }: Scene, key: string, value: number) => ({
  name: 'onGroupCounterUpdated',
  data: { groupID, key, value },
});

const COUNTERS = {
  'set counters': {
    isRepeatable: true,
    prepare: withCounters,
    run: (tim, { groupID }) => tim.setGroupCounters({ groupID, counters: { likes: 7, views: -1 } }),
    effects: (scene) => ({
      events: [counterTold(scene, 'likes', 7), counterTold(scene, 'views', -1)],
      answer: { counters: { likes: 7, views: -1 } },
    }),
  },
  'count up': {
    prepare: withCounters,
    run: (tim, { groupID }) => tim.increaseGroupCounter({ groupID, key: 'likes', value: 2 }),
    effects: (scene) => ({
      events: [counterTold(scene, 'likes', 7)],
      answer: { groupID: scene.groupID, key: 'likes', value: 7 },
    }),
  },
  'count what was not counted': {
    run: (tim, { groupID }) => tim.increaseGroupCounter({ groupID, key: 'new', value: 1 }),
    effects: (scene) => ({ events: [counterTold(scene, 'new', 1)], answer: { key: 'new', value: 1 } }),
  },
  'count down': {
    prepare: withCounters,
    run: (tim, { groupID }) => tim.decreaseGroupCounter({ groupID, key: 'likes', value: 2 }),
    effects: (scene) => ({ events: [counterTold(scene, 'likes', 3)], answer: { key: 'likes', value: 3 } }),
  },
  'read counters': {
    isRepeatable: true,
    prepare: withCounters,
    run: (tim, { groupID }) => tim.getGroupCounters({ groupID, keyList: ['gifts', 'none'] }),
    effects: () => ({ answer: { counters: { gifts: 1 } } }),
  },
} satisfies Operations;

const withPin: Operation['prepare'] = (town, { groupID, message }) =>
  town.outcome(() => owner(town).pinGroupMessage({ groupID, message, isPinned: true }));

const pinTold = ({ groupID, actor, message }: Scene, isPinned: boolean) => ({
  name: 'onPinnedGroupMessageUpdated',
  data: {
    groupID,
    isPinned,
    message: { ID: message.ID, payload: { text: 'words' } },
    operatorInfo: { userID: actor },
  },
});

const PINS = {
  pin: {
    run: (tim, { groupID, message }) => tim.pinGroupMessage({ groupID, message, isPinned: true }),
    effects: (scene) => ({ events: [pinTold(scene, true)] }),
  },
  'pin again': {
    isRepeatable: true,
    prepare: withPin,
    run: (tim, { groupID, message }) => tim.pinGroupMessage({ groupID, message, isPinned: true }),
  },
  unpin: {
    prepare: withPin,
    run: (tim, { groupID, message }) => tim.pinGroupMessage({ groupID, message, isPinned: false }),
    effects: (scene) => ({ events: [pinTold(scene, false)] }),
  },
  'unpin what is not pinned': {
    isRepeatable: true,
    run: (tim, { groupID, message }) => tim.pinGroupMessage({ groupID, message, isPinned: false }),
  },
  'read pins': {
    isRepeatable: true,
    prepare: withPin,
    run: (tim, { groupID }) => tim.getPinnedGroupMessageList(groupID),
    effects: ({ kind, message }) => ({
      answer: { messageList: kind === 'AVChatRoom' ? [] : [{ ID: message.ID, payload: { text: 'words' } }] },
    }),
  },
} satisfies Operations;

/** What hangs on a group beside its members and its messages. */
export const FACILITIES = { ...ATTRIBUTES, ...COUNTERS, ...PINS } satisfies Operations;
