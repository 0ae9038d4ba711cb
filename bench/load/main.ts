import { SDK_APP_ID as SDKAppID, userSig } from '../app.ts';
import { connectFloor, connectSterna, openChannel } from './client.ts';
import { crowd, idle, openLoop, pairs, type Target } from './scenarios.ts';

/** What the parent asks this process to do. */
interface Order {
  system: 'sterna' | 'floor';
  port: number;
  scenario: string;
  amount: number;
  seconds: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const isSterna = order.system === 'sterna';
const url = `ws://127.0.0.1:${order.port}${isSterna ? '/ws' : ''}`;

const target: Target = {
  url,
  connect: isSterna ? connectSterna(SDKAppID, userSig) : connectFloor,
  userAddress: (userID) => (isSterna ? `C2C${userID}` : userID),
  groupAddress: (groupID) => (isSterna ? `GROUP${groupID}` : groupID),
  makeGroup: async (groupID, members) => {
    if (isSterna) await createGroup(groupID, members);
  },
  seconds: order.seconds,
  begin: () => console.log('{"begin":true}'),
};

/** Members added at once. */
const ADDED = 500;

/** A live room, which its members enter by themselves, or an open meeting, which is given them. */
async function createGroup(groupID: string, members: readonly string[]): Promise<void> {
  const [owner = ''] = members;
  const { request: ask, close } = await openChannel(url, () => undefined);
  await ask('session.login', {
    SDKAppID,
    userID: owner,
    userSig: userSig(owner),
    instanceID: `${owner}-maker`,
    platform: 'windows',
    protocol: 1,
  });
  const isLive = order.scenario.startsWith('live');
  await ask('group.create', {
    groupID,
    name: groupID,
    type: isLive ? 'AVChatRoom' : 'ChatRoom',
    ...(!isLive && { maxMemberCount: 10_000 }),
  });
  for (let first = 1; !isLive && first < members.length; first += ADDED)
    await ask('group.addMembers', { groupID, userIDs: members.slice(first, first + ADDED) });
  close();
}

const CROWDS = { s2: crowd(1), s2many: crowd(16), crowd: crowd(1), crowdmany: crowd(16) };
const run = {
  ...{ s1: pairs, s3: idle, s4: openLoop },
  ...CROWDS,
  ...{ live: crowd(1), livemany: crowd(16) },
}[order.scenario];
if (run === undefined) throw new Error(`no scenario ${order.scenario}`);
const counts = await run(target, order.amount);
console.log(JSON.stringify({ counts }));
process.exit(0);
