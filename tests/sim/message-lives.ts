import type { SeededRandom } from '@sterna/core/testing';
import type { Message } from '@sterna/sdk';
import type { Device } from './device.ts';
import { conversationName } from './recorder.ts';

/** What people do with messages that are there. */
export class MessageLives {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  readonly calls = {
    recall: async (device: Device): Promise<void> => {
      // Of others only admins of a group recall something; everybody else is refused.
      const message = this.#some(device, this.#random.chance(0.8));
      if (message === undefined) return;
      const about = { conv: conversationName(device.plan.user, message.conversationID), id: message.ID };
      await device.call('recall', about, () => device.tim.revokeMessage(message));
    },
  };

  /** One of the newest few that are shown here, so that several people mean the same one often. */
  #some({ shown }: Device, isMine: boolean): Message | undefined {
    const wanted = shown.filter(({ flow }) => !isMine || flow === 'out');
    return wanted.at(-1 - this.#random.below(4));
  }
}
