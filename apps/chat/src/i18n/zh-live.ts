import type { enLive } from './en-live.ts';

/** The Chinese words about live rooms. */
export const zhLive: typeof enLive = {
  liveRoom: {
    live: '直播中',
    rooms: '直播间',
    host: '主播',
    watching: (count) => `${count} 人在看`,
    stream: (name) => `${name}的直播消息`,
    quiet: '您已进入直播间，新消息会显示在这里。',
    unseen: (count) => `${count} 条新消息`,
    follow: '回到最新',
    ban: '移出…',
    banTitle: (name) => `将${name}移出直播间`,
    banFor: '多长时间内不能再进入',
    banConfirm: '移出',
    closed: {
      sentOut: '您已被移出这个直播间。',
      notLetIn: '您现在不能进入这个直播间。',
      ended: '这个直播间已结束。',
    },
    comeIn: '进入直播间',
  },
};
