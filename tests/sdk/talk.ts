import type { Message } from '@sterna/sdk';
import type { Device, World } from './world.ts';

/** Logs a device in and lets it become ready. */
export async function logIn(world: World, device: Device, userID: string): Promise<void> {
  await settle(world, device.tim.login({ userID, userSig: 'sig' }));
  await world.pass(1000);
}

/** Lets time pass until a promise has settled. */
export async function settle<Value>(world: World, promise: Promise<Value>): Promise<Value> {
  const settled = promise.then(
    (value) => ({ ok: true as const, value }),
    (error: unknown) => ({ ok: false as const, error }),
  );
  await world.pass(1500);
  const outcome = await settled;
  if (outcome.ok) return outcome.value;
  throw outcome.error;
}

interface Saying {
  text: string;
  conversationType?: 'C2C' | 'GROUP';
  needReadReceipt?: boolean;
  isSupportExtension?: boolean;
}

/** Sends a text, one-to-one if nothing else is said, and gives back the object that the application holds. */
export async function say(world: World, from: Device, to: string, what: string | Saying): Promise<Message> {
  const {
    text,
    conversationType = 'C2C',
    ...flags
  }: Saying = typeof what === 'string' ? { text: what } : what;
  const message = from.tim.createTextMessage({ to, conversationType, payload: { text }, ...flags });
  return (await settle(world, from.tim.sendMessage(message))).data.message;
}

/** The data of all events of a name, in order. */
export function told(device: Device, name: string): unknown[] {
  return device.events.filter((event) => event.name === name).map(({ data }) => data);
}

/** The conversation as a device's list shows it. */
export async function shown(world: World, device: Device, conversationID: string) {
  const { data } = await settle(world, device.tim.getConversationList());
  return data.conversationList.find((one) => one.conversationID === conversationID);
}

/** The newest page of a conversation's history. */
export async function history(world: World, device: Device, conversationID: string): Promise<Message[]> {
  return (await settle(world, device.tim.getMessageList({ conversationID }))).data.messageList;
}
