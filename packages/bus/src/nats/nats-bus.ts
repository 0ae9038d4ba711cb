import { connect, type ConnectionOptions, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { Bus, Notice } from '@sterna/core';
import { createLocalBus } from '../local-bus.ts';
import { natsSubject } from './subject.ts';

export interface NatsBusOptions {
  servers: string | string[];
  /** The first token of every subject, so that several installations can share a server. */
  prefix?: string;
  /** Shown in the server's list of connections. */
  name?: string;
  /** Whatever goes wrong after the start; nothing else is done about it, because receivers repair from the store. */
  onError: (error: unknown) => void;
}

/** How long the start waits for the server before it says that there is none. */
const CONNECT_MS = 5_000;
/** How long a subscription waits to be in effect. A bus that is down must not hold up a login. */
const SUBSCRIBE_MS = 2_000;
/** Between attempts to reconnect, with as much again at random, so that nodes do not come all at once. */
const RECONNECT_MS = 500;
/** Published and not known to have left the process: beyond this, notices are dropped. */
const UNSENT_BYTES = 8 * 1024 * 1024;
/** From here on the server is asked how far it has come; below, asking would cost more than it tells. */
const ASK_BYTES = 64 * 1024;

/**
 * Core NATS between nodes, and memory inside this one: a node's own receivers hear at once, server or no server.
 * While the server is away, notices for other nodes are dropped, never buffered.
 */
export async function openNatsBus(options: NatsBusOptions): Promise<Bus> {
  const { prefix = 'sterna', onError } = options;
  const connection = await connectTo(options);
  const local = createLocalBus({ onError });
  const remote = createRemote(connection, onError);
  const interests = new Map<string, { count: number; end: () => void; inEffect: Promise<void> }>();

  function join(subject: string) {
    const present = interests.get(subject);
    if (present !== undefined) return present;
    const subscription = connection.subscribe(natsSubject(prefix, subject), {
      callback: (error, message) => {
        const notice = error === null ? parsed(message, onError) : undefined;
        if (error !== null) onError(error);
        if (notice !== undefined) local.publish(subject, notice);
      },
    });
    const joined = { count: 0, end: () => subscription.unsubscribe(), inEffect: remote.inEffect() };
    interests.set(subject, joined);
    return joined;
  }

  function leave(subject: string): void {
    const interest = interests.get(subject);
    if (interest === undefined) return;
    interest.count -= 1;
    if (interest.count > 0) return;
    interests.delete(subject);
    if (!connection.isClosed()) interest.end();
  }

  return {
    publish(subject, notice) {
      local.publish(subject, notice);
      remote.publish(natsSubject(prefix, subject), notice);
    },
    async subscribe(subject, receive) {
      const unsubscribe = await local.subscribe(subject, receive);
      const interest = join(subject);
      interest.count += 1;
      await interest.inEffect;
      let isEnded = false;
      return () => {
        if (isEnded) return;
        isEnded = true;
        unsubscribe();
        leave(subject);
      };
    },
    async close() {
      await local.close();
      interests.clear();
      await connection.close();
    },
  };
}

async function connectTo({ servers, name = 'sterna' }: NatsBusOptions): Promise<NatsConnection> {
  const settings: ConnectionOptions = {
    servers,
    name,
    noEcho: true,
    timeout: CONNECT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    reconnectJitter: RECONNECT_MS,
  };
  try {
    return await connect(settings);
  } catch (error) {
    throw new Error(`NATS does not answer at ${String(servers)}: start it, or set its address`, {
      cause: error,
    });
  }
}

/** The other nodes, as far as the connection reaches them. */
function createRemote(connection: NatsConnection, onError: (error: unknown) => void) {
  let isConnected = true;
  let unsentBytes = 0;
  let isAsking = false;
  let encoded: { notice: Notice; payload: string } | undefined;

  async function watch(): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') isConnected = false;
      if (status.type === 'reconnect') isConnected = true;
      if (status.type === 'error') onError(status.error);
      if (status.type === 'disconnect') onError(new Error(`lost the connection to NATS at ${status.server}`));
    }
  }
  watch().catch(onError);

  /** Asks for a sign of life behind what was published so far, and then knows that it has left. */
  async function ask(): Promise<void> {
    while (unsentBytes >= ASK_BYTES && isConnected) {
      const bytes = unsentBytes;
      await connection.flush().catch(onError);
      unsentBytes -= bytes;
    }
    isAsking = false;
  }

  return {
    publish(subject: string, notice: Notice): void {
      if (!isConnected || unsentBytes > UNSENT_BYTES) return;
      // The same notice goes to both sides of a conversation: encoded once.
      if (encoded?.notice !== notice) encoded = { notice, payload: payloadOf(notice) };
      const { payload } = encoded;
      unsentBytes += payload.length;
      if (unsentBytes >= ASK_BYTES && !isAsking) {
        isAsking = true;
        ask().catch(onError);
      }
      try {
        connection.publish(subject, payload);
      } catch (error) {
        onError(error);
      }
    },
    /** Resolves when the server knows of the subscriptions made so far, or cannot be asked in time. */
    async inEffect(): Promise<void> {
      if (!isConnected) return;
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, SUBSCRIBE_MS);
      await Promise.race([connection.flush().catch(onError), late.promise]);
      clearTimeout(timer);
    },
  };
}

/** The event travels as itself: its text beside it would be the same again. */
function payloadOf(notice: Notice): string {
  return JSON.stringify({ ...notice, json: undefined });
}

function parsed(message: Msg, onError: (error: unknown) => void): Notice | undefined {
  try {
    return message.json<Notice>();
  } catch (error) {
    onError(error);
    return undefined;
  }
}
