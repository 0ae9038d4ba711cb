import type { Credentials } from '@sterna/server/testing';
import { connectClient } from '../protocol-client/client.ts';

/** Two well-behaved users, chatting while others misbehave. */
export interface Canary {
  /** Round trips so far, from the sender's call to the receiver's push, in milliseconds. */
  readonly trips: readonly number[];
  /** Ends the chat, and says what was not as it should be. */
  stop(): Promise<string[]>;
}

const PAUSE_MS = 20;

export async function startCanary(
  wsURL: string,
  credentials: (userID: string) => Credentials,
): Promise<Canary> {
  // Those whom the frames of the corpus speak to: with them, more than half of what is untouched takes effect.
  for (const userID of ['bob', 'eve']) {
    await using bystander = await connectClient(wsURL);
    await bystander.login(credentials(userID));
  }
  const sender = await connectClient(wsURL);
  const receiver = await connectClient(wsURL);
  await receiver.login(credentials('canary-receiver'));
  await sender.login(credentials('canary-sender'));
  const trips: number[] = [];
  const wrong: string[] = [];
  let isStopping = false;

  async function chat(): Promise<void> {
    for (let seq = 1; !isStopping; seq++) {
      const startedMs = performance.now();
      const elements = [{ type: 'TIMTextElem' as const, payload: { text: `canary ${seq}` } }];
      const sent = sender.request('message.send', {
        conversationID: 'C2Ccanary-receiver',
        clientID: `canary-${seq}`,
        elements,
      });
      const [reply] = await Promise.all([
        sent,
        receiver.push('conversation', ({ from, to }) => from <= seq && to >= seq),
      ]);
      trips.push(performance.now() - startedMs);
      if (reply.seq !== seq) wrong.push(`message ${seq} of the canary got the number ${reply.seq}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const chatting = chat().catch((error: unknown) => {
    wrong.push(`the canary fell silent: ${error instanceof Error ? error.message : 'no error'}`);
  });
  return {
    trips,
    async stop() {
      isStopping = true;
      await chatting;
      await sender[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
      return wrong;
    },
  };
}
