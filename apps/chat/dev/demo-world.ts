export const DEMO_PEOPLE = [
  { userID: 'alice', nick: 'Alice Lindqvist', avatar: '' },
  { userID: 'bob', nick: 'Bob Okafor', avatar: '' },
  { userID: 'carol', nick: 'Carol Nakamura', avatar: '' },
  { userID: 'dave', nick: 'Dave', avatar: '' },
  { userID: 'erin', nick: '林晓雨', avatar: '' },
  {
    userID: 'frank',
    nick: 'Frank Wolfeschlegelsteinhausenbergerdorff the Third of Upper Ramsbottom',
    avatar: '',
  },
];

/** `[minutes ago, sender, text]`, oldest first. */
export type Line = readonly [number, string, string];

const DAY = 1440;

const BOB: readonly Line[] = [
  [2 * DAY + 40, 'bob', 'Morning! Did you get the field notes from Svalbard?'],
  [2 * DAY + 38, 'alice', 'Yes, reading them now. The tern count is up again 🎉'],
  [2 * DAY + 37, 'alice', 'Page 12 has the numbers you asked for.'],
  [2 * DAY + 20, 'bob', 'Perfect.'],
  [DAY + 300, 'bob', 'One more thing: could you send the map of the northern colony?'],
  [DAY + 299, 'bob', 'https://example.org/maps/svalbard?layer=colonies&year=2026'],
  [
    DAY + 290,
    'alice',
    'That is the one. I have marked the three nests that moved:\n\n1. the ridge\n2. the old pier\n3. below the radio mast',
  ],
  [DAY + 280, 'bob', '👍'],
  [55, 'bob', 'Are we still on for the call at four?'],
  [54, 'alice', 'We are. I will bring the drone footage.'],
  [52, 'bob', 'Great'],
  [52, 'bob', 'Carol joins too'],
  [
    51,
    'bob',
    'She has a question about the tagging permits, and I would rather she asks you directly than have me play telephone.',
  ],
  [4, 'alice', 'Happy to. Talk soon!'],
];

const ERIN: readonly Line[] = [
  [200, 'erin', '下午好!上次说的照片整理好了吗?'],
  [198, 'alice', '整理好了，一共三百二十张，今晚发给你。'],
  [190, 'erin', '太好了，辛苦你了 🙏'],
  [
    30,
    'erin',
    '对了，周末一起去看展览吗？听说北极燕鸥的那个展厅布置得特别好，还有一整面墙的迁徙路线图，从格陵兰一直到威德尔海。',
  ],
];

const FRANK: readonly Line[] = [
  [
    3 * DAY,
    'frank',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3),
  ],
  [3 * DAY - 1, 'alice', '😂😂😂'],
  [3 * DAY - 2, 'frank', '🧊'],
];

const TEAM: readonly Line[] = [
  [400, 'carol', 'Welcome, everyone. This is the place for the autumn survey.'],
  [398, 'bob', 'Hello!'],
  [397, 'dave', 'Hi all'],
  [396, 'dave', 'I can take the western cliffs'],
  [395, 'dave', 'and the lighthouse, if nobody minds the walk'],
  [390, 'alice', 'Brilliant, thank you Dave.'],
  [25, 'carol', 'Weather window looks best from Thursday morning until Saturday.'],
  [24, 'bob', 'Thursday works for me'],
  [12, 'erin', '我也可以，周四见。'],
  [11, 'carol', 'Then it is settled: meet at the harbour, 07:30, boots on.'],
];

const CAROL: readonly Line[] = Array.from({ length: 400 }, (_, index) => [
  900 - index,
  index % 7 < 4 ? 'carol' : 'alice',
  `Observation ${index + 1}: ${'wind steady, visibility good. '.repeat((index * 7) % 5)}`,
]);

/** What `npm run design` shows. */
export const DESIGN = {
  userID: 'alice',
  nowSeconds: () => Math.floor(Date.now() / 1000),
  histories: { C2Cbob: BOB, C2Cerin: ERIN, C2Cfrank: FRANK, GROUPsurvey: TEAM, C2Ccarol: CAROL },
  friends: ['bob', 'erin', 'frank'],
  friendRequests: { dave: 'We met on the western cliffs' },
  unread: { C2Cerin: 1, GROUPsurvey: 4, C2Ccarol: 37 },
  groups: [
    {
      groupID: 'survey',
      name: 'Autumn survey',
      ownerID: 'carol',
      userIDs: ['alice', 'bob', 'carol', 'dave', 'erin'],
    },
  ],
};
