import type { ReplyOf } from '@sterna/protocol';
import { createWorld } from './gateway-world.ts';

export type World = ReturnType<typeof createWorld>;
export type Client = Awaited<ReturnType<World['login']>>;

interface RoomPush {
  conversationID: string;
  isEntry?: true;
  events: {
    t: string;
    seq?: number;
    from?: string;
    reason?: string;
    elements?: { type: string; payload: Record<string, unknown> }[];
  }[];
}

/** What a client was pushed of rooms, but for what it was shown when it came in. */
export const events = (client: Pick<Client, 'pushes'>) =>
  (client.pushes('room') as RoomPush[]).filter(({ isEntry }) => !isEntry).flatMap((push) => push.events);

/** The texts that it was shown each time it came in. */
export const entries = (client: Pick<Client, 'pushes'>) =>
  (client.pushes('room') as RoomPush[]).filter(({ isEntry }) => isEntry).map((push) => textsOf(push.events));

const textsOf = (all: RoomPush['events']) =>
  all.flatMap(({ elements = [] }) =>
    elements.flatMap(({ payload }) => (typeof payload['text'] === 'string' ? [payload['text']] : [])),
  );

export const texts = (client: Pick<Client, 'pushes'>) => textsOf(events(client));

/** What tips of these kinds say of whom. */
export const tips = (client: Pick<Client, 'pushes'>) =>
  events(client).flatMap(({ elements = [] }) =>
    elements.flatMap(({ type, payload }) =>
      type === 'TIMGroupTipElem' ? [[payload['operationType'], ...(payload['userIDList'] as string[])]] : [],
    ),
  );

export const say = (client: Client, clientID: string, more: object = {}, groupID = 'live') =>
  client.request('message.send', {
    conversationID: `GROUP${groupID}`,
    clientID,
    elements: [{ type: 'TIMTextElem', payload: { text: clientID } }],
    ...more,
  }) as Promise<ReplyOf<'message.send'>>;

export const join = (client: Pick<Client, 'request'>, groupID = 'live') =>
  client.request('group.join', { groupID }) as Promise<ReplyOf<'group.join'>>;

export const count = async (client: Client) =>
  ((await client.request('group.onlineCount', { groupID: 'live' })) as ReplyOf<'group.onlineCount'>)
    .memberCount;

/** A live room that is the owner's, in which nobody is yet. */
export async function openRoom(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  const [owner, ann, ben] = [await world.login('owner'), await world.login('ann'), await world.login('ben')];
  await owner.request('group.create', { type: 'AVChatRoom', name: 'Live', groupID: 'live' });
  return { world, owner, ann, ben };
}
