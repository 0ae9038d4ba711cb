import * as v from 'valibot';
import { count, groupID, text, topicID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { conversationSnapshot } from './conversation.ts';
import { topicInfo } from './group-info.ts';

const name = v.pipe(text(LIMITS.topicNameBytes), v.minLength(1));

const texts = {
  avatar: v.optional(text(LIMITS.avatarBytes)),
  introduction: v.optional(text(LIMITS.groupIntroductionBytes)),
  notification: v.optional(text(LIMITS.groupNotificationBytes)),
  customData: v.optional(text(LIMITS.topicCustomDataBytes)),
};

const topicIDs = v.pipe(v.array(topicID), v.maxLength(LIMITS.topics));

/** Topics that a command could not do anything about, each with the reason. */
const failed = v.array(v.object({ topicID, code: count, text: v.string() }));

/** Makes a topic in a community. Without `topicID` the server makes one; a wished one begins with the community's. */
export const createTopic = command('topic.create', {
  request: v.object({ groupID, topicID: v.optional(topicID), name, ...texts }),
  reply: v.object({ topicID }),
});

/** Takes topics away with all that was said in them; without names, all. An ID that was used is not used again. */
export const deleteTopics = command('topic.delete', {
  request: v.object({ groupID, topicIDs: v.optional(topicIDs) }),
  reply: v.object({ deleted: v.array(topicID), failed }),
});

/** Changes a topic's own fields; only the named ones. An empty text clears a field, but for the name. */
export const updateTopic = command('topic.update', {
  request: v.object({
    groupID,
    topicID,
    changes: v.object({ name: v.optional(name), ...texts, muteAll: v.optional(v.boolean()) }),
  }),
  reply: v.object({ topic: topicInfo }),
});

/** The topics of a community that I am in, as I have them; without names, all. */
export const listTopics = command('topic.list', {
  request: v.object({ groupID, topicIDs: v.optional(topicIDs) }),
  reply: v.object({ topics: v.array(conversationSnapshot), failed }),
});
