import type { SeededRandom } from '@sterna/core/testing';
import type { Device } from './device.ts';

interface KnownTopic {
  topicID: string;
  groupID: string;
}

/** What people do with the topics of communities. */
export class Communities {
  readonly #random: SeededRandom;
  readonly #topics: KnownTopic[] = [];
  #communities: string[] = [];
  #names = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** A community was made, or somebody tried to. */
  add(groupID: string): void {
    this.#communities = [...this.#communities, groupID].slice(-2);
  }

  /** A topic to talk in, where there is one. */
  topic(): string | undefined {
    return this.#some()?.topicID;
  }

  readonly calls = {
    createTopic: async (device: Device): Promise<void> => {
      const groupID = this.#communities[this.#random.below(this.#communities.length)];
      if (groupID === undefined) return;
      const topicID = `${groupID}@TOPIC#_t${this.#topics.length + 1}`;
      this.#topics.push({ topicID, groupID });
      await device.call('createTopic', { conv: `topic:${topicID}` }, () =>
        device.tim.createTopicInCommunity({ groupID, topicID, topicName: topicID }),
      );
    },
    updateTopic: async (device: Device): Promise<void> => {
      const topic = this.#some();
      if (topic === undefined) return;
      const topicName = `${device.plan.name} calls it ${++this.#names}`;
      await device.call('updateTopic', { conv: `topic:${topic.topicID}` }, () =>
        device.tim.updateTopicProfile({ ...topic, topicName }),
      );
    },
    deleteTopic: async (device: Device): Promise<void> => {
      const topic = this.#some();
      if (topic === undefined) return;
      const { groupID, topicID } = topic;
      await device.call('deleteTopic', { conv: `topic:${topicID}` }, () =>
        device.tim.deleteTopicFromCommunity({ groupID, topicIDList: [topicID] }),
      );
    },
    topics: async (device: Device): Promise<void> => {
      const topic = this.#some();
      if (topic === undefined) return;
      const { groupID } = topic;
      await device.call('topics', { conv: `group:${groupID}` }, () => device.tim.getTopicList({ groupID }));
    },
  };

  /** Of the newest few, so that they are met often. */
  #some(): KnownTopic | undefined {
    const recent = this.#topics.slice(-3);
    return recent[this.#random.below(recent.length)];
  }
}
