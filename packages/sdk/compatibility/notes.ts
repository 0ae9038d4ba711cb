import type { MethodName } from '../src/methods.ts';

/** What a built method does beyond, or beside, the published one. A built method without a note is the same. */
export const METHOD_NOTES: Partial<Record<MethodName, string>> = {
  on: 'Handlers are typed by event, and one that throws stops no other; a name that no build has is ignored',
  once: 'Typed by event; present at run time in every published build, though not in their typings',
  registerPlugin:
    'COS SDKs of any version, and `tim-upload-plugin`, send files to your own server. `sterna-logger` takes the lines of the log; where it throws they go to the console, and what is no function is not used; unknown keys are kept and ignored',
  setLogLevel: 'Starts at 1, where the published SDK starts at 0',
  sendMessage:
    'A send that meets a lost connection is retried with the same ID until its deadline. Files go by the registered plug-in, or without one by the SDK itself; `{ signal }` ends an upload.',
  getMessageListHopping:
    'By time too, each message is read once: `nextMessageTime` may have a fraction; `nextMessageSeq` is always there',
  revokeMessage: 'In a live room, which keeps nothing, refused with 10033, as by the published SDK up to 2.x',
  sendMessageReadReceipt:
    'Also in communities and their topics; there a receipt for what was said before one came counts for nothing',
  getMessageReadReceiptList:
    '`readCount` and `unreadCount` sum up to those whom the message was sent to, whoever comes and goes afterwards',
  getGroupMessageReadMemberList:
    'Who has not read is listed while they are in the group; who came after the message never is',
  joinGroup:
    'A live room is joined again by itself after a lost connection. Without a login where the server’s app has `liveRooms.guests`: then one only listens',
  getGroupOnlineMemberCount: 'In a live room guests are counted too',
  getGroupMemberList:
    'In a live room the newest 1000 of those who are there, the latest first; `filter` is a mark',
  deleteGroupMember:
    'In a live room `duration` seconds keep the member out; without it they may come back at once',
  callExperimentalAPI:
    'Says that every ability is on and every module there, built or not; unknown keys resolve with empty data',
  downloadLog: 'Writes no file: register a `sterna-logger` to keep the lines',
};

/** The default export, which is no instance: its names, since when, and how far they go. */
export const STATIC_NAMES: readonly [name: string, since: string, state: 'same' | 'superset', why: string][] =
  [
    [
      'create',
      '≤ 2.6.2',
      'superset',
      '`proxyServer`, of 3.x, names the server whatever the era; with `useUploadPlugin`, files go by a plug-in or not at all (2040); unknown options are ignored',
    ],
    ['EVENT', '≤ 2.6.2', 'superset', 'The names of all eras at once'],
    ['TYPES', '≤ 2.6.2', 'superset', 'The names of all eras at once'],
    ['TSignaling', '≤ 3.6.6', 'same', ''],
    ['VERSION', '≤ 2.6.2', 'same', '`3.6.6`: the level of the API'],
  ];

/** Ours alone. */
export const ADDITIONS: Readonly<Record<string, string>> = {
  'tim.ready()': 'A promise for SDK_READY',
  'tim.uploadFile({ file })':
    'Brings a file to your server without a message; the `url` of a picture is the `avatar` of a profile or of a group',
  'create({ offlineCache: true })':
    'Keeps the list and the newest messages on the device, in builds with the domain `offlineCache`',
  'eventsOf(tim, …names)': 'Events as an iteration, `for await`; in the modular entry',
  'TIM.STERNA_VERSION': 'The version of this SDK; `TIM.VERSION` is the API level that applications parse',
  "registerPlugin({ 'sterna-logger': … })": 'Your own destination for the log',
  'globalThis.STERNA_FOREGROUND': 'How an app of React Native tells that it is in front again',
  'All names at once':
    'Constants and methods of 2.6, 2.27 and 3.6 in one build; names dropped later are kept',
};
