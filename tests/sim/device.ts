import type { ChatSDK, Conversation, EventMap, Message, Topic } from '@sterna/sdk';
import type { CallName, Seen, SeenConversation, Where } from '../history/history.ts';
import type { SeenReceipt } from '../history/reading.ts';
import { createApp, type App } from './app.ts';
import { createClock, type SteppingClock } from './clocks.ts';
import { type ClientHandlers, Connection, type DeadSocket } from './connection.ts';
import { Host } from './host.ts';
import { outcomeOf } from './outcome.ts';
import { bodyOf } from './body-of.ts';
import { conversationName, type Recorder } from './recorder.ts';
import type { Simulation } from './simulation.ts';
import type { DevicePlan } from './swarm.ts';
import { WireTap } from './wire-tap.ts';

export interface DeviceParts {
  simulation: Simulation;
  recorder: Recorder;
  plan: DevicePlan;
  clockOffMs: number;
  connect(device: Device, handlers: ClientHandlers): Connection | DeadSocket;
}

/** What the application may add to a call's end. */
interface Result {
  message?: Seen;
  messages?: readonly Seen[];
  complete?: boolean;
  unsent?: boolean;
  conversations?: readonly SeenConversation[];
  receipts?: readonly SeenReceipt[];
  users?: readonly string[];
}

/** One device: a real SDK on a simulated platform, and an application that writes down all that it asks and sees. */
export class Device {
  readonly plan: DevicePlan;
  readonly host: Host;
  readonly clock: SteppingClock;
  readonly tim: ChatSDK;
  /** Its sockets of now and before; more than one that is not over would be a finding. */
  readonly connections = new Set<Connection>();
  readonly failed: Message[] = [];
  /** The newest texts that the application shows, its own among them; the same objects as the SDK's. */
  shown: Message[] = [];
  network: 'up' | 'refused' | 'dead' = 'up';
  state: 'out' | 'loggingIn' | 'in' | 'ready' = 'out';
  /** Conversations as the last list showed them. */
  list: readonly SeenConversation[] = [];
  /** Invitations that rang here, and that were made here. */
  readonly rings: string[] = [];
  readonly invited: string[] = [];
  readonly #app: App;
  readonly #recorder: Recorder;
  readonly #simulation: Simulation;
  #session = 0;
  #asleepSince: number | undefined;

  constructor({ simulation, recorder, plan, clockOffMs, connect }: DeviceParts) {
    this.plan = plan;
    this.#simulation = simulation;
    this.#recorder = recorder;
    this.host = new Host(simulation, plan.name);
    this.clock = createClock(simulation, this.host, clockOffMs);
    const tap = new WireTap(recorder, () => this.where());
    this.#app = createApp({
      platform: plan.platform,
      clock: this.clock,
      random: simulation.random.fork(),
      openSocket: (handlers) => {
        const connection = connect(this, handlers);
        if (connection instanceof Connection) this.connections.add(connection);
        return connection;
      },
      log: (kind, text) => {
        simulation.trace.note(`${plan.name} ${kind}: ${text}`);
        if (kind === 'error') simulation.failures.push(`${plan.name}: ${text}`);
      },
    });
    this.tap = tap;
    this.tim = this.#app.tim;
    this.#listen();
  }

  readonly tap: WireTap;

  where(): Where {
    return { device: this.plan.name, user: this.plan.user, session: `${this.plan.name}#${this.#session}` };
  }

  #listen(): void {
    const { tim } = this;
    tim.on('sdkStateReady', () => {
      this.state = 'ready';
      this.#recorder.write({ op: 'state', ...this.where(), state: 'ready' });
    });
    tim.on('sdkStateNotReady', () => {
      this.state = 'out';
      this.list = [];
      this.shown = [];
      this.#recorder.write({ op: 'state', ...this.where(), state: 'notReady' });
    });
    tim.on('kickedOut', ({ data }) => {
      this.#recorder.write({ op: 'state', ...this.where(), state: 'kicked', type: data.type });
    });
    tim.on('onMessageReceived', ({ data }) => {
      this.#show(data);
      const messages = data.map((message) => this.seen(message));
      const isOfRoom = ({ conv }: Seen) => conv.startsWith('room:');
      // What is not stored has no place in the order: a timeout that the inviter alone is told, after a block.
      const stored = messages.filter((seen) => !isOfRoom(seen) && seen.seq > 0);
      // Tips are not said by anybody.
      const heard = messages.filter((seen) => isOfRoom(seen) && !seen.body.startsWith('TIM'));
      if (stored.length > 0) this.#recorder.write({ op: 'deliver', ...this.where(), messages: stored });
      if (heard.length > 0) this.#recorder.write({ op: 'heard', ...this.where(), messages: heard });
    });
    tim.on('onMessageModified', ({ data }) => {
      // A message that was stored after all is told so too.
      const messages = data.filter(({ version }) => version).map((message) => this.seen(message));
      if (messages.length > 0) this.#recorder.write({ op: 'edited', ...this.where(), messages });
    });
    tim.on('onMessageRevoked', ({ data }) => {
      const messages = data.map((message) => this.seen(message));
      this.#recorder.write({ op: 'recalled', ...this.where(), messages });
    });
    tim.on('onMessageReadByPeer', ({ data }) => {
      const messages = data.map((message) => this.seen(message));
      this.#recorder.write({ op: 'readByPeer', ...this.where(), messages });
    });
    tim.on('onMessageReadReceiptReceived', ({ data }) => {
      const receipts = data.map((told) => this.#receipt(told));
      this.#recorder.write({ op: 'receipts', ...this.where(), receipts });
    });
    for (const [actionType, event] of RINGS) {
      tim.addSignalingListener(event, ({ data }) => {
        const users = 'invitee' in data ? [data.invitee] : data.inviteeList;
        if (actionType === 1) this.rings.push(data.inviteID);
        this.#recorder.write({ op: 'ring', ...this.where(), inviteID: data.inviteID, actionType, users });
      });
    }
    tim.on('onConversationListUpdated', ({ data }) => {
      this.list = data.map((conversation) => this.row(conversation));
      this.#recorder.write({ op: 'conversations', ...this.where(), conversations: this.list });
    });
  }

  /** Steps of signaling and tips stay as they are. */
  #show(messages: readonly Message[]): void {
    const texts = messages.filter((each) => each.type === 'TIMTextElem' && isStored(each));
    this.shown = [...new Set([...this.shown, ...texts])].slice(-SHOWN);
  }

  #receipt(told: EventMap['onMessageReadReceiptReceived'][number]): SeenReceipt {
    const { groupID, userID, messageID: id, readCount: read = 0, unreadCount: unread = 0 } = told;
    const conversationID = groupID === undefined ? `C2C${userID}` : `GROUP${groupID}`;
    return { conv: conversationName(this.plan.user, conversationID), id, read, unread };
  }

  seen(message: Message): Seen {
    const { conversationID, sequence, ID, from, type, payload, time } = message;
    const { isRevoked, isPeerRead, version } = message;
    const body = bodyOf({ type, payload }, ID);
    return {
      conv: conversationName(this.plan.user, conversationID),
      seq: sequence,
      id: ID,
      from,
      body,
      timeS: time,
      ...(isRevoked && { recalled: true as const }),
      ...(version && { version }),
      ...(isPeerRead && { peerRead: true as const }),
    };
  }

  row({ conversationID, unreadCount, lastMessage }: Conversation): SeenConversation {
    return {
      conv: conversationName(this.plan.user, conversationID),
      unread: unreadCount,
      lastSeq: lastMessage.lastSequence,
      lastBody: lastMessage.messageForShow,
    };
  }

  /** A topic's conversation, which no list shows. */
  topicRow({ topicID, unreadCount, lastMessage }: Topic): SeenConversation {
    return {
      conv: `topic:${topicID}`,
      unread: unreadCount,
      lastSeq: lastMessage.lastSequence,
      lastBody: lastMessage.messageForShow,
    };
  }

  /** One call of the public API, with its lines. Resolves when it has ended, however that was. */
  async call<Data>(
    name: CallName,
    about: {
      conv?: string;
      body?: string;
      again?: true;
      id?: string;
      ids?: readonly string[];
      users?: readonly string[];
      walk?: number;
      newest?: true;
    },
    run: () => Promise<{ data: Data }>,
    told: (data: Data) => Result = () => ({}),
  ): Promise<Data | undefined> {
    const call = this.#recorder.nextCall();
    this.#recorder.write({ op: 'invoke', call, name, ...this.where(), ...about });
    try {
      const { data } = await run();
      this.#recorder.write({ op: 'ok', call, ...told(data) });
      return data;
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) this.#simulation.failures.push(`${this.plan.name} ${name}: ${String(error)}`);
      this.#recorder.write({ op: outcomeOf(code ?? 0), call, code: code ?? 0 });
      return undefined;
    }
  }

  async login(): Promise<void> {
    if (this.state !== 'out') return;
    this.state = 'loggingIn';
    this.#session += 1;
    const session = this.#session;
    const data = await this.call('login', {}, () =>
      this.tim.login({ userID: this.plan.user, userSig: 'signed' }),
    );
    if (session !== this.#session || this.state !== 'loggingIn') return;
    this.state = data === undefined ? 'out' : 'in';
  }

  async logout(): Promise<void> {
    if (this.state === 'out') return;
    this.state = 'out';
    await this.call('logout', {}, () => this.tim.logout());
  }

  async send(
    to: { conv: string; conversationType: 'C2C' | 'GROUP'; to: string },
    body: string,
    needReadReceipt: boolean,
  ): Promise<void> {
    const message = this.tim.createTextMessage({
      to: to.to,
      conversationType: to.conversationType,
      payload: { text: body },
      needReadReceipt,
    });
    await this.#sending(message, to.conv, () => this.tim.sendMessage(message));
  }

  /** A step of signaling; its data is the body by which the history knows its message. */
  async step(
    conv: string,
    body: string,
    run: () => Promise<{ data: { inviteID: string; message?: Message } }>,
  ): Promise<string | undefined> {
    const done = await this.call('send', { conv, body }, run, ({ message }) =>
      message ? { message: this.seen(message) } : {},
    );
    return done?.inviteID;
  }

  async resend(message: Message): Promise<void> {
    const conv = conversationName(this.plan.user, message.conversationID);
    await this.#sending(message, conv, () => this.tim.resendMessage(message), true);
  }

  async #sending(
    message: Message,
    conv: string,
    run: () => Promise<{ data: { message: Message } }>,
    again?: true,
  ): Promise<void> {
    const { body } = this.seen(message);
    const about = { conv, body, ...(again && { again }) };
    const done = await this.call('send', about, run, (data) => ({ message: this.seen(data.message) }));
    if (done !== undefined) this.#show([done.message]);
    else if (message.status === 'fail') this.failed.push(message);
  }

  /** One page of history; gives the cursor of the next one, unless this was the last. */
  async page(conv: string, conversationID: string, walk: number, next?: string): Promise<string | undefined> {
    const about = { conv, walk, ...(next === undefined && { newest: true as const }) };
    const data = await this.call(
      'history',
      about,
      () =>
        this.tim.getMessageList({ conversationID, ...(next !== undefined && { nextReqMessageID: next }) }),
      ({ messageList, isCompleted }) => ({
        messages: messageList.filter(isStored).map((message) => this.seen(message)),
        complete: isCompleted,
        unsent: !messageList.every(isStored),
      }),
    );
    if (data !== undefined) this.#show(data.messageList);
    return data === undefined || data.isCompleted ? undefined : data.nextReqMessageID;
  }

  /** Nothing of the device runs, and its monotonic clock goes on: a closed laptop. */
  sleep(): void {
    this.#asleepSince = this.#simulation.nowMs;
    this.host.freeze();
  }

  wake(): void {
    if (this.#asleepSince === undefined) return;
    this.#recorder.write({
      op: 'asleep',
      device: this.plan.name,
      ms: this.#simulation.nowMs - this.#asleepSince,
    });
    this.#asleepSince = undefined;
    this.host.wake();
  }

  setForeground(foreground: boolean): void {
    this.host.enter(() => this.#app.platform.setForeground(foreground));
  }

  setOnline(online: boolean): void {
    this.host.enter(() => this.#app.platform.setOnline(online));
  }

  /** What the application left at the platform: nothing, once it is logged out. */
  get listeners(): number {
    return this.#app.platform.listeners();
  }
}

/** Messages that the application remembers. */
const SHOWN = 30;

/** What signaling tells, by the number of the step. */
const RINGS = [
  [1, 'newInvitationReceived'],
  [2, 'ts_invitation_cancelled'],
  [3, 'ts_invitee_accepted'],
  [4, 'ts_invitee_rejected'],
  [5, 'ts_invitation_timeout'],
] as const;

/** A message that the server has numbered: what is being sent, or failed, is in lists too. */
export function isStored(message: Message): boolean {
  return message.sequence > 0;
}

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}
