import * as v from 'valibot';
import { WebSocket } from 'ws';
import {
  type CommandName,
  type Commands,
  commands,
  ITEM,
  PROTOCOL_VERSION,
  type PushBody,
  type PushName,
  pushes,
  type ReplyOf,
} from '@sterna/protocol';
import { createInbox } from './inbox.ts';

/** How long a test waits for anything before it says what did not come. */
const PATIENCE_MS = 10_000;

/** The server's refusal of one request. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly code: number;
  readonly text: string;
  readonly data: unknown;

  constructor(command: string, code: number, text: string, data: unknown) {
    super(`${command} was refused with ${code}: ${text}`);
    this.code = code;
    this.text = text;
    this.data = data;
  }
}

/** The socket went away before the reply: the request may, or may not, have had its effect. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** One push as it came. */
export type Push = { [Name in PushName]: { name: Name; body: PushBody<Name> } }[PushName];

/** What the client sends up for a command. */
export type RequestBody<Name extends CommandName> = v.InferInput<Commands[Name]['request']>;

/** Credentials and device of one login; what is left out gets a plain web tab's value. */
export type LoginRequest = Pick<RequestBody<'session.login'>, 'SDKAppID' | 'userID' | 'userSig'> &
  Partial<RequestBody<'session.login'>>;

/**
 * One socket that speaks the protocol and nothing more: no reconnect, no cache, no order of its own, so that a test sees exactly
 * what the server said. Replies and pushes are held against the protocol's schemas.
 */
export interface ProtocolClient extends AsyncDisposable {
  request<Name extends CommandName>(name: Name, body: RequestBody<Name>): Promise<ReplyOf<Name>>;
  login(login: LoginRequest): Promise<ReplyOf<'session.login'>>;
  /** The first push of that name, arrived or to come, that `wanted` accepts. */
  push<Name extends PushName>(
    name: Name,
    wanted?: (body: PushBody<Name>) => boolean,
    withinMs?: number,
  ): Promise<PushBody<Name>>;
  /** A refusal that belongs to no request: the answer to a frame that could not be read. */
  strayRefusal(withinMs?: number): Promise<{ code: number; text: string }>;
  /** Pushes that no test has taken yet. */
  readonly pushes: readonly Push[];
  /** Resolves when the socket has ended, whoever ended it. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Downstream frames so far, to see what left together. */
  readonly framesReceived: number;
  /** Sends any text, or bytes as a binary frame, as it is. */
  sendRaw(data: string | Uint8Array): void;
  /** Stops, or goes on, reading from the socket. */
  pause(): void;
  resume(): void;
  /** Cuts the connection without a word. */
  terminate(): void;
}

/** The text of a request frame. */
export function requestFrame(id: number, command: string, body: unknown): string {
  return JSON.stringify([id, command, body]);
}

const downstreamFrame = v.array(
  v.union([
    v.tuple([v.literal(ITEM.reply), v.number(), v.unknown()]),
    v.tuple([v.literal(ITEM.refusal), v.number(), v.number(), v.string(), v.optional(v.unknown())]),
    v.tuple([v.literal(ITEM.push), v.string(), v.unknown()]),
  ]),
);

interface Pending {
  command: string;
  resolve: (body: unknown) => void;
  reject: (reason: Error) => void;
}

/** How a client differs from a well-behaved one. */
export interface ClientOptions {
  headers?: Record<string, string>;
  patienceMs?: number;
  /** Leaves the server's questions for a sign of life unanswered. */
  playsDead?: boolean;
}

/** Opens a socket to `url`, say `ws://127.0.0.1:8080/ws`, and waits until it is open. */
export async function connectClient(url: string, options: ClientOptions = {}): Promise<ProtocolClient> {
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    ...(options.headers && { headers: options.headers }),
  });
  const pending = new Map<number, Pending>();
  const received = createInbox<Push>();
  const strays = createInbox<{ code: number; text: string }>();
  const closing = Promise.withResolvers<{ code: number; reason: string }>();
  let lastID = 0;
  let framesReceived = 0;
  let broken: Error | undefined;

  function request<Name extends CommandName>(name: Name, body: RequestBody<Name>): Promise<ReplyOf<Name>> {
    const id = ++lastID;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (socket.readyState !== WebSocket.OPEN) {
      reject(broken ?? new ConnectionLost('the socket is not open'));
    } else {
      pending.set(id, { command: name, resolve, reject });
      socket.send(requestFrame(id, name, body));
    }
    return promise as Promise<ReplyOf<Name>>;
  }

  const take = (item: v.InferOutput<typeof downstreamFrame>[number]): void => {
    if (item[0] === ITEM.push) {
      const push = readPush(item[1], item[2]);
      received.put(push);
      // Whether it is answered in time is the server's to judge.
      if (push.name === 'ping' && options.playsDead !== true)
        request('session.ping', {}).catch(() => undefined);
      return;
    }
    const id = item[1];
    const open = pending.get(id);
    pending.delete(id);
    if (item[0] === ITEM.refusal) {
      const [, , code, text, data] = item;
      if (open === undefined) strays.put({ code, text });
      else open.reject(new RefusedRequest(open.command, code, text, data));
      return;
    }
    if (open === undefined) throw new Error(`a reply to request ${id}, which is not open`);
    try {
      open.resolve(readReply(open.command, item[2]));
    } catch (error) {
      open.reject(error as Error);
    }
  };

  socket.on('message', (data, isBinary) => {
    framesReceived += 1;
    try {
      if (isBinary) throw new Error('a binary frame came down');
      for (const item of v.parse(downstreamFrame, JSON.parse((data as Buffer).toString()))) take(item);
    } catch (error) {
      // A server that speaks nonsense must fail the test that listens, not crash the runner.
      broken = error as Error;
      socket.terminate();
    }
  });
  socket.on('error', (error) => {
    broken ??= error;
  });
  socket.on('close', (code, reason) => {
    const lost = broken ?? new ConnectionLost(`the socket was closed with ${code} ${reason.toString()}`);
    for (const open of pending.values()) open.reject(lost);
    pending.clear();
    received.end(lost);
    strays.end(lost);
    closing.resolve({ code, reason: reason.toString() });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  return {
    request,
    login: (login) =>
      request('session.login', {
        instanceID: `test-${login.userID}`,
        platform: 'web',
        protocol: PROTOCOL_VERSION,
        ...login,
      }),
    async push(name, wanted, withinMs = patienceMs) {
      const fits = (push: Push): boolean => push.name === name && (wanted?.(push.body as never) ?? true);
      const push = await received.take(fits, withinMs, `a push "${name}"`);
      return push.body as never;
    },
    strayRefusal: (withinMs = patienceMs) => strays.take(() => true, withinMs, 'a refusal'),
    pushes: received.waiting,
    closed: closing.promise,
    get framesReceived() {
      return framesReceived;
    },
    sendRaw: (data) => socket.send(data),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    terminate: () => socket.terminate(),
    async [Symbol.asyncDispose]() {
      socket.resume();
      socket.close();
      const timer = setTimeout(() => socket.terminate(), 1000);
      await closing.promise;
      clearTimeout(timer);
    },
  };
}

function readPush(name: string, body: unknown): Push {
  if (!Object.hasOwn(pushes, name)) throw new Error(`an unknown push: ${name}`);
  return { name, body: v.parse(pushes[name as PushName], body) } as Push;
}

function readReply(command: string, body: unknown): unknown {
  const schema = commands.get(command)?.reply;
  if (schema === undefined) return body;
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new Error(`the reply to ${command} breaks its schema: ${JSON.stringify(v.flatten(result.issues))}`);
}
