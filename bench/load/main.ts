import { sign } from '@sterna/usersig';
import { WebSocket } from 'ws';
import { connectFloor, connectSterna } from './client.ts';
import { group, idle, openLoop, pairs, type Target } from './scenarios.ts';

/** What the parent asks this process to do. */
interface Order {
  system: 'sterna' | 'floor';
  port: number;
  scenario: string;
  amount: number;
  seconds: number;
  SDKAppID: number;
  secretKey: string;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const { SDKAppID, secretKey } = order;
const timeS = Math.floor(Date.now() / 1000);
const userSig = (userID: string) => sign({ SDKAppID, userID, secretKey, timeS, expireS: 86_400 });
const isSterna = order.system === 'sterna';
const url = `ws://127.0.0.1:${order.port}${isSterna ? '/ws' : ''}`;

const target: Target = {
  url,
  connect: isSterna ? connectSterna(SDKAppID, userSig) : connectFloor,
  userAddress: (userID) => (isSterna ? `C2C${userID}` : userID),
  groupAddress: (groupID) => (isSterna ? `GROUP${groupID}` : groupID),
  makeGroup: async (groupID, owner) => {
    if (isSterna) await createGroup(groupID, owner);
  },
  seconds: order.seconds,
  begin: () => console.log('{"begin":true}'),
};

/** An open meeting, so that joining needs no one's leave. */
async function createGroup(groupID: string, owner: string): Promise<void> {
  const socket = new WebSocket(url);
  const login = {
    SDKAppID,
    userID: owner,
    userSig: userSig(owner),
    instanceID: `${owner}-maker`,
    platform: 'windows',
    protocol: 1,
  };
  await new Promise((resolve) => socket.once('open', resolve));
  const answers = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      for (const item of JSON.parse(String(data)) as unknown[][]) {
        if (item[0] === 1) reject(new Error(String(item[3])));
        if (item[0] === 0 && item[1] === 2) resolve();
      }
    });
  });
  socket.send(JSON.stringify([1, 'session.login', login]));
  socket.send(JSON.stringify([2, 'group.create', { groupID, name: groupID, type: 'ChatRoom' }]));
  await answers;
  socket.terminate();
}

const run = { s1: pairs, s2: group, s3: idle, s4: openLoop }[order.scenario];
if (run === undefined) throw new Error(`no scenario ${order.scenario}`);
const counts = await run(target, order.amount);
console.log(JSON.stringify({ counts }));
process.exit(0);
