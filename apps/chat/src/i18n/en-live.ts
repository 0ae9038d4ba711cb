import { plural } from './plural.ts';

/** The English words about live rooms. */
export const enLive = {
  liveRoom: {
    live: 'LIVE',
    rooms: 'Live rooms',
    host: 'Host',
    watching: (count: number) => plural(count, 'viewer', 'viewers'),
    stream: (name: string) => `Live messages in ${name}`,
    quiet: 'You are in. What is said from now on appears here.',
    unseen: (count: number) => plural(count, 'new message', 'new messages'),
    follow: 'Back to live',
    ban: 'Send out…',
    banTitle: (name: string) => `Send ${name} out`,
    banFor: 'May not come back for',
    banConfirm: 'Send out',
    closed: {
      sentOut: 'You were sent out of this live room.',
      notLetIn: 'You cannot come into this live room now.',
      ended: 'This live room has ended.',
    },
    comeIn: 'Come in',
  },
};
