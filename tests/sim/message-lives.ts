import type { SeededRandom } from '@sterna/core/testing';
import type { Message } from '@sterna/sdk';
import type { Device } from './device.ts';
import { conversationIDFor, conversationName } from './recorder.ts';

/** What people do with messages that are there. */
export class MessageLives {
  readonly #random: SeededRandom;
  readonly #body: (device: Device) => string;

  constructor(random: SeededRandom, body: (device: Device) => string) {
    this.#random = random;
    this.#body = body;
  }

  readonly calls = {
    recall: async (device: Device): Promise<void> => {
      // Of others only admins of a group recall something; everybody else is refused.
      const message = this.#some(device, this.#random.chance(0.8));
      if (message === undefined) return;
      const about = { conv: conversationName(device.plan.user, message.conversationID), id: message.ID };
      await device.call('recall', about, () => device.tim.revokeMessage(message));
    },
    edit: async (device: Device): Promise<void> => {
      // One-to-one both may; in a group whoever said it, and admins.
      const message = this.#some(device, this.#random.chance(0.6));
      if (message?.type !== 'TIMTextElem') return;
      const text = this.#body(device);
      const conv = conversationName(device.plan.user, message.conversationID);
      // A copy: what is shown changes when the server has agreed.
      await device.call('edit', { conv, id: message.ID, body: text }, () =>
        device.tim.modifyMessage({ ...message, payload: { text } }),
      );
    },
    deleteMessages: async (device: Device): Promise<void> => {
      const message = this.#some(device, false);
      if (message === undefined) return;
      const { conversationID } = message;
      const beside = device.shown.filter((one) => one.conversationID === conversationID && !one.isDeleted);
      const list = [...new Set([message, ...beside.slice(-1 - this.#random.below(3))])];
      const conv = conversationName(device.plan.user, conversationID);
      const ids = list.map(({ ID }) => ID);
      await device.call('deleteMessages', { conv, ids }, () => device.tim.deleteMessage(list));
    },
    clearHistory: async (device: Device): Promise<void> => {
      const conv = device.list[this.#random.below(device.list.length)]?.conv;
      if (conv === undefined || conv.startsWith('system')) return;
      const conversationID = conversationIDFor(device.plan.user, conv);
      await device.call('clearHistory', { conv }, () => device.tim.clearHistoryMessage(conversationID));
    },
  };

  /** One of the newest few that are shown here, so that several people mean the same one often. */
  #some({ shown }: Device, isMine: boolean): Message | undefined {
    const wanted = shown.filter(({ flow, isDeleted }) => !isDeleted && (!isMine || flow === 'out'));
    return wanted.at(-1 - this.#random.below(4));
  }
}
