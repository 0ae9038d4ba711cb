import { plural } from './plural.ts';

/** The English words of the search for messages. */
export const enSearch = {
  search: {
    messages: 'Messages',
    inConversation: 'Search messages',
    in: (name: string) => `Search in ${name}`,
    field: (name: string) => `Search the messages with ${name}`,
    hint: 'Find what was said here by any of its words.',
    count: (count: number) => plural(count, 'message', 'messages'),
    found: (count: number) => `${plural(count, 'message', 'messages')} found`,
    nothing: 'No messages found',
    nothingHint: (words: string) => `Nothing here says “${words}”.`,
    failed: 'The search could not be done.',
    searching: 'Searching…',
  },
};
