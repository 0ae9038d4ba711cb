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
  },
};
