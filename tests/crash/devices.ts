import type { SeededRandom } from '@sterna/core/testing';
import type { SpawnedServer } from '@sterna/server/testing';
import {
  ConnectionLost,
  connectClient,
  type ProtocolClient,
  RefusedRequest,
} from '../protocol-client/client.ts';
import type { Found, Ledger } from './ledger.ts';

export const GROUP_ID = 'crash';

/** Pairs chat one to one, and all of them in the group. */
export const USERS = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'] as const;

/** Sends of one device under way at once. */
const WINDOW = 8;

type User = (typeof USERS)[number];

const peerOf = (user: User): User => USERS[USERS.indexOf(user) ^ 1] ?? 'u0';

/** The name of a conversation that both sides share. */
const pairOf = (user: User): string => [user, peerOf(user)].toSorted().join('+');

/** Where messages go: the name that all who are in it know, and the ID under which one user sends. */
interface Target {
  conversation: string;
  conversationID: string;
}

const targetsOf = (user: User): [Target, Target] => [
  { conversation: pairOf(user), conversationID: `C2C${peerOf(user)}` },
  { conversation: GROUP_ID, conversationID: `GROUP${GROUP_ID}` },
];

/** Logs one device of each user in. */
export async function connectDevices(server: SpawnedServer): Promise<Map<User, ProtocolClient>> {
  const devices = await Promise.all(
    USERS.map(async (user) => {
      const client = await connectClient(server.wsURL, { patienceMs: 60_000 });
      await client.login(server.credentials(user));
      return [user, client] as const;
    }),
  );
  return new Map(devices);
}

/** Makes the group with everybody in it. */
export async function makeGroup(devices: ReadonlyMap<User, ProtocolClient>): Promise<void> {
  const owner = devices.get('u0');
  await owner?.request('group.create', {
    type: 'Public',
    name: 'Crash',
    groupID: GROUP_ID,
    joinOption: 'FreeAccess',
  });
  for (const [user, device] of devices) {
    if (user !== 'u0') await device.request('group.join', { groupID: GROUP_ID });
  }
}

/** Sends until the connection is lost, `WINDOW` messages at a time. Everything is written into the ledger. */
export async function sendUntilLost(
  user: User,
  device: ProtocolClient,
  ledger: Ledger,
  run: { cycle: number; random: SeededRandom },
) {
  let count = 0;
  const sendOne = async (): Promise<void> => {
    const { conversation, conversationID } = run.random.pick(targetsOf(user));
    const clientID = `${run.cycle}-${count++}`;
    const text = `${user} ${clientID} ${'x'.repeat(run.random.below(200))}`;
    ledger.sent(user, clientID, conversation, text);
    await send(user, device, ledger, { conversationID, clientID, text });
  };
  const sendOn = async (): Promise<void> => {
    for (;;) await sendOne();
  };
  await Promise.all(Array.from({ length: WINDOW }, () => sendOn())).catch((error: unknown) => {
    if (!(error instanceof ConnectionLost)) throw error;
  });
}

/** Sends again what nobody knows the fate of: the same IDs, so that it is there once whatever happened before. */
export async function retryUnknown(
  devices: ReadonlyMap<User, ProtocolClient>,
  ledger: Ledger,
): Promise<void> {
  const work = ledger.unknown().map(async ({ sender, clientID, conversation, text }) => {
    const user = USERS.find((name) => name === sender) ?? 'u0';
    const target = targetsOf(user).find((each) => each.conversation === conversation);
    const device = devices.get(user);
    if (target !== undefined && device !== undefined)
      await send(user, device, ledger, { ...target, clientID, text });
  });
  await Promise.all(work);
}

async function send(
  user: User,
  device: ProtocolClient,
  ledger: Ledger,
  message: { conversationID: string; clientID: string; text: string },
): Promise<void> {
  const { conversationID, clientID, text } = message;
  const elements = [{ type: 'TIMTextElem' as const, payload: { text } }];
  try {
    const { seq } = await device.request('message.send', { conversationID, clientID, elements });
    ledger.acked(user, clientID, seq);
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    ledger.refused(user, clientID);
    throw new Error(`a good message was refused: ${error.message}`, { cause: error });
  }
}

/** Reads every conversation from where the ledger stands to its end. */
export async function readAll(devices: ReadonlyMap<User, ProtocolClient>, ledger: Ledger): Promise<void> {
  for (const [user, device] of devices) {
    if (USERS.indexOf(user) % 2 === 1) continue;
    const [pair, group] = targetsOf(user);
    await readToEnd(device, ledger, pair);
    if (user === 'u0') await readToEnd(device, ledger, group);
  }
}

async function readToEnd(
  device: ProtocolClient,
  ledger: Ledger,
  { conversation, conversationID }: Target,
): Promise<void> {
  for (let after = ledger.readTo(conversation); ; ) {
    const page = await device.request('message.history', { conversationID, after, limit: 100 });
    ledger.found(conversation, page.messages.map(toFound));
    if (page.complete) return;
    after = page.next;
  }
}

function toFound(message: {
  seq: number;
  clientID?: string | undefined;
  from: string;
  elements: readonly object[];
}): Found {
  const [element = {}] = message.elements as { payload?: { text?: string } }[];
  return {
    seq: message.seq,
    clientID: message.clientID,
    from: message.from,
    text: element.payload?.text ?? '',
  };
}
