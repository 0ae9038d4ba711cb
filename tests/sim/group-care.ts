import type { SeededRandom } from '@sterna/core/testing';
import type { Device } from './device.ts';

/** No clock of a run jumps as far. */
const MUTED_S = 5 * 365 * 86_400;

/** Who may speak in groups, who decides that, and their end. Much of it is refused: whoever acts is not asked what they are. */
export class GroupCare {
  readonly #random: SeededRandom;
  readonly #users: readonly string[];
  readonly #group: () => string | undefined;

  constructor(random: SeededRandom, users: readonly string[], group: () => string | undefined) {
    this.#random = random;
    this.#users = users;
    this.#group = group;
  }

  readonly calls = {
    dismissGroup: async (device: Device): Promise<void> => {
      const groupID = this.#group();
      if (groupID === undefined) return;
      await device.call('dismissGroup', { conv: `group:${groupID}` }, () => device.tim.dismissGroup(groupID));
    },
    muteAll: async (device: Device): Promise<void> => {
      const groupID = this.#group();
      if (groupID === undefined) return;
      const muteAllMembers = this.#random.chance(0.5);
      await device.call('muteAll', { conv: `group:${groupID}` }, () =>
        device.tim.updateGroupProfile({ groupID, muteAllMembers }),
      );
    },
    muteMember: async (device: Device): Promise<void> => {
      const groupID = this.#group();
      if (groupID === undefined) return;
      const userID = this.#random.pick(this.#someUsers());
      const muteTime = this.#random.chance(0.5) ? MUTED_S : 0;
      await device.call('muteMember', { conv: `group:${groupID}`, users: [userID] }, () =>
        device.tim.setGroupMemberMuteTime({ groupID, userID, muteTime }),
      );
    },
    setRole: async (device: Device): Promise<void> => {
      const groupID = this.#group();
      if (groupID === undefined) return;
      const userID = this.#random.pick(this.#someUsers());
      const role = this.#random.pick(['Admin', 'Member'] as const);
      await device.call('setRole', { conv: `group:${groupID}`, users: [userID] }, () =>
        device.tim.setGroupMemberRole({ groupID, userID, role }),
      );
    },
  };

  #someUsers(): readonly [string, ...string[]] {
    const [first = 'nobody', ...others] = this.#users;
    return [first, ...others];
  }
}
