import { plural } from './plural.ts';

/** The English words about communities that talk in topics. */
export const enTopics = {
  topics: {
    communities: 'Communities',
    list: (community: string) => `Topics of ${community}`,
    unnamed: 'Topic',
    details: 'Topic details',
    topicID: 'Topic ID',
    count: (count: number) => plural(count, 'topic', 'topics'),
    none: 'No topics yet',
    noneHint: 'People talk in topics here. Make the first one.',
    noneYetHint: 'People talk in topics here, once its owner has made some.',
    create: 'New topic',
    createConfirm: 'Create topic',
    name: 'Topic name',
    edit: 'Edit topic',
    actions: (name: string) => `Options for ${name}`,
    mute: 'Mute everyone',
    unmute: 'Let everyone speak',
    delete: 'Delete topic',
    deleteQuestion: (name: string) => `Delete ${name}?`,
    deleteHint: 'What was said in it is gone for all members. This cannot be undone.',
    deleteConfirm: 'Delete',
    gone: 'This topic is not there any more.',
    talk: 'Talking',
    together: 'In one place',
    inTopics: 'In topics',
  },
};
