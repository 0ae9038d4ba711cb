import type { Message } from '@sterna/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logIn } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Something that somebody does, on one of four devices: two of Ann's, two of Ben's. `which` picks a message that they see. */
type Act =
  | { do: 'send' | 'read' | 'clear' | 'cut' | 'offline' | 'online'; device: number }
  | { do: 'recall' | 'edit' | 'delete' | 'react'; device: number; which: number }
  | { do: 'pin'; device: number; isPinned: boolean }
  | { do: 'bus'; losing: boolean }
  | { do: 'wait'; ms: number };

const device = fc.nat({ max: 3 });
const which = fc.nat({ max: 30 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), device }) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constantFrom('recall', 'edit', 'edit', 'delete', 'react'), device, which }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('read', 'cut', 'offline', 'online'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pin' as const), device, isPinned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bus' as const), losing: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 3000 }) }) },
);

const USERS = ['ann', 'ann', 'ben', 'ben'] as const;
const peerOf = (user: string): string => (user === 'ann' ? 'ben' : 'ann');
const textOf = ({ payload }: Message): string => ('text' in payload ? payload.text : '');

/** What was done to messages, and what came of it. */
class Run {
  readonly world: World;
  readonly devices: Device[] = [];
  /** Every text that a message ever had, by its ID. */
  readonly texts = new Map<string, string[]>();
  /** Recalled for sure, with how much each device had heard by then and a while after. */
  readonly recalled: { ID: string; heard?: number[] }[] = [];
  readonly deleted: { user: string; ID: string }[] = [];
  readonly done: Record<string, number> = {};
  #sent = 0;

  constructor(seed: number) {
    this.world = createWorld(seed, { webInstances: 9 });
  }

  async begin(): Promise<void> {
    for (const user of USERS) {
      const one = this.world.device();
      this.devices.push(one);
      await logIn(this.world, one, user);
    }
  }

  #note(name: string, promise: Promise<unknown>, then: () => void = () => undefined): void {
    promise.then(
      () => {
        this.done[name] = (this.done[name] ?? 0) + 1;
        then();
      },
      () => undefined,
    );
  }

  async act(one: Act): Promise<void> {
    if (one.do === 'wait') return this.world.pass(one.ms);
    if (one.do === 'bus') {
      this.world.bus.losing = one.losing;
      return;
    }
    const acting = this.devices[one.device];
    const user = USERS[one.device];
    if (acting === undefined || user === undefined) throw new Error(`There is no device ${one.device}`);
    const { tim, ...rest } = acting;
    const conversationID = `C2C${peerOf(user)}`;
    if (one.do === 'send') this.#send(tim, user);
    else if (one.do === 'read') this.#note('read', tim.setMessageRead({ conversationID }));
    else if (one.do === 'clear') this.#note('clear', tim.clearHistoryMessage(conversationID));
    else if (one.do === 'pin')
      this.#note('pin', tim.pinConversation({ conversationID, isPinned: one.isPinned }));
    else if (one.do === 'cut') rest.cut();
    else if (one.do === 'offline' || one.do === 'online') {
      rest.setReachable(one.do === 'online');
      if (one.do === 'offline') rest.cut();
    } else if ('which' in one) await this.#upon(one, tim, user, conversationID);
    await this.world.pass(7);
  }

  #send(tim: Device['tim'], user: string): void {
    const text = `text ${++this.#sent};`;
    const message = tim.createTextMessage({ to: peerOf(user), conversationType: 'C2C', payload: { text } });
    this.#note('send', tim.sendMessage(message), () => this.#say(message.ID, text));
    this.#say(message.ID, text);
  }

  #say(ID: string, text: string): void {
    this.texts.set(ID, [...(this.texts.get(ID) ?? []), text]);
  }

  async #upon(
    one: Extract<Act, { which: number }>,
    tim: Device['tim'],
    user: string,
    conversationID: string,
  ): Promise<void> {
    let list: Message[] = [];
    tim.getMessageList({ conversationID }).then(
      ({ data }) => (list = data.messageList),
      () => undefined,
    );
    await this.world.pass(20);
    const message = list[one.which % Math.max(1, list.length)];
    if (message === undefined || message.sequence === 0) return;
    const { ID } = message;
    if (one.do === 'delete')
      this.#note('delete', tim.deleteMessage([message]), () => this.deleted.push({ user, ID }));
    else if (one.do === 'react') this.#note('react', tim.addMessageReaction(message, `r${one.which}`));
    else if (one.do === 'recall') {
      const recall: Run['recalled'][number] = { ID };
      this.#note('recall', tim.revokeMessage(message), () => {
        this.recalled.push(recall);
        // Delivery fence: what left before the recall may still arrive.
        this.world.clock.after(10_000, () => (recall.heard = this.devices.map(({ wire }) => wire.length)));
      });
    } else {
      const text = `edit ${this.texts.size} ${one.which} ${list.length} ${this.world.clock.nowMs()};`;
      this.#say(ID, text);
      const changed = { ...message, payload: { text } } as Message;
      this.#note('edit', tim.modifyMessage(changed));
    }
  }

  async heal(): Promise<void> {
    this.world.bus.losing = false;
    for (const one of this.devices) one.setReachable(true);
    await this.world.pass(90_000);
  }
}

/** What one device shows of the conversation in the end. */
async function view(world: World, { tim }: Device, user: string) {
  const conversationID = `C2C${peerOf(user)}`;
  const messages: Message[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 9 && cursor !== ''; page++) {
    const reading = tim.getMessageList({ conversationID, nextReqMessageID: cursor });
    await world.pass(200);
    const { data } = await reading;
    messages.unshift(...data.messageList);
    cursor = data.isCompleted ? '' : data.nextReqMessageID;
  }
  const listing = tim.getConversationList();
  await world.pass(200);
  const conversation = (await listing).data.conversationList.find(
    (one) => one.conversationID === conversationID,
  );
  const stored = messages.filter(({ status }) => status === 'success');
  return {
    unread: conversation?.unreadCount ?? 0,
    isPinned: conversation?.isPinned ?? false,
    last: conversation?.lastMessage.isRevoked ? 'recalled' : (conversation?.lastMessage.messageForShow ?? ''),
    messages: stored.map((message) => ({
      ID: message.ID,
      sequence: message.sequence,
      text: message.isRevoked ? 'recalled' : textOf(message),
      isModified: message.isModified && !message.isRevoked,
      isRead: message.flow === 'in' ? message.isRead : message.isPeerRead,
    })),
    waiting: stored.filter(({ flow, isRead, isRevoked }) => flow === 'in' && !isRead && !isRevoked).length,
  };
}

/** C12: nothing that was recalled crosses a wire after the fence, whatever it said, and no device goes back to an older version. */
function requireNoReturn(run: Run): void {
  for (const { ID, heard } of run.recalled) {
    for (const text of run.texts.get(ID) ?? []) {
      for (const [at, { wire }] of run.devices.entries())
        expect(wire.slice(heard?.[at] ?? wire.length).join(), `recalled: ${text}`).not.toContain(text);
    }
  }
  for (const { events } of run.devices) {
    const versions = new Map<string, number>();
    for (const { name, data } of events) {
      if (name !== 'onMessageModified') continue;
      for (const { ID, version = 0 } of data as Message[]) {
        expect(version, `a version of ${ID}`).toBeGreaterThan(versions.get(ID) ?? -1);
        versions.set(ID, version);
      }
    }
  }
}

const tally: Record<string, number> = {};

test('whatever is done on four devices, they end up the same, by the formulas, and nothing recalled comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(act, { minLength: 8, maxLength: 40 }), async (seed, acts) => {
      const run = new Run(seed);
      await run.begin();
      for (const one of acts) await run.act(one);
      await run.heal();
      for (const [name, count] of Object.entries(run.done)) tally[name] = (tally[name] ?? 0) + count;
      for (const user of ['ann', 'ben']) {
        const fresh = run.world.device();
        await logIn(run.world, fresh, user);
        const truth = await view(run.world, fresh, user);
        expect(truth.unread, `unread of ${user} by the formula`).toBe(truth.waiting);
        for (const [at, one] of run.devices.entries())
          if (USERS[at] === user) expect(await view(run.world, one, user), `device ${at}`).toEqual(truth);
        const shown = JSON.stringify(truth);
        for (const { ID } of run.recalled)
          for (const text of run.texts.get(ID) ?? []) expect(shown).not.toContain(text);
        for (const gone of run.deleted) if (gone.user === user) expect(shown).not.toContain(gone.ID);
      }
      requireNoReturn(run);
    }),
    { numRuns: 40, seed: 12 },
  );
  for (const name of ['send', 'read', 'recall', 'edit', 'delete', 'clear', 'pin', 'react'])
    expect(tally[name] ?? 0, name).toBeGreaterThan(5);
}, 60_000);
