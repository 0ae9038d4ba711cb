import { WebSocket } from 'ws';

/** One user of a system under load. */
export interface LoadClient {
  /** Sends a text to a user, or a group, and resolves when the system has answered. */
  send(to: string, text: string): Promise<void>;
  join(group: string): Promise<void>;
  close(): void;
}

/** How a system is spoken to. */
export type Connect = (url: string, userID: string, received: (text: string) => void) => Promise<LoadClient>;

/** Requests and answers over one socket; both systems frame them alike: `[id, what, body]` up, arrays of items down. */
export async function openChannel(url: string, onPush: (item: unknown[]) => void) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const open = new Map<number, { resolve: (body: unknown) => void; reject: (error: Error) => void }>();
  let lastID = 0;
  socket.on('message', (data: Buffer) => {
    for (const item of JSON.parse(String(data)) as unknown[][]) {
      if (item[0] === 2) {
        onPush(item);
        continue;
      }
      const request = open.get(Number(item[1]));
      open.delete(Number(item[1]));
      if (item[0] === 0) request?.resolve(item[2]);
      else request?.reject(new Error(`refused with ${String(item[2])}: ${String(item[3])}`));
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    request(what: string, body: unknown): Promise<unknown> {
      const id = ++lastID;
      const answer = new Promise<unknown>((resolve, reject) => open.set(id, { resolve, reject }));
      socket.send(JSON.stringify([id, what, body]));
      return answer;
    },
    close: () => socket.terminate(),
  };
}

/** The bare relay. */
export const connectFloor: Connect = async (url, userID, received) => {
  const channel = await openChannel(url, (item) => {
    const message = item[1] as { text: string };
    received(message.text);
  });
  await channel.request('login', { userID });
  return {
    send: async (to, text) => void (await channel.request('send', { to, text })),
    join: async (to) => void (await channel.request('join', { to })),
    close: channel.close,
  };
};

interface Event {
  t: string;
  elements?: { payload: { text?: string } }[];
}

interface Range {
  events: [number, Event][];
}

/** In a live room events have no place. */
interface RoomEvents {
  events: Event[];
}

/** Sterna, by its own protocol. */
export function connectSterna(SDKAppID: number, userSig: (userID: string) => string): Connect {
  return async (url, userID, received) => {
    const channel = await openChannel(url, ([, name, body]) => {
      // Setting up a crowd takes longer than a server waits for a silent client.
      if (name === 'ping') void channel.request('session.ping', {});
      if (name !== 'conversation' && name !== 'room') return;
      const { events } = body as Range | RoomEvents;
      for (const item of events) {
        const event = Array.isArray(item) ? item[1] : item;
        const text = event.t === 'message' ? event.elements?.[0]?.payload.text : undefined;
        if (text !== undefined) received(text);
      }
    });
    await channel.request('session.login', {
      SDKAppID,
      userID,
      userSig: userSig(userID),
      instanceID: `${userID}-load`,
      platform: 'web',
      protocol: 1,
    });
    let sent = 0;
    return {
      async send(to, text) {
        // As those of the SDK, it begins with the time.
        const clientID = `${Math.floor(Date.now() / 1000)}-${++sent}`;
        const elements = [{ type: 'TIMTextElem', payload: { text } }];
        await channel.request('message.send', { conversationID: to, clientID, elements });
      },
      join: async (groupID) => void (await channel.request('group.join', { groupID })),
      close: channel.close,
    };
  };
}
