import type { enSearch } from './en-search.ts';

/** The Chinese words of the search for messages. */
export const zhSearch: typeof enSearch = {
  search: {
    messages: '消息',
    inConversation: '搜索消息',
    in: (name) => `在${name}中搜索`,
    field: (name) => `搜索与${name}的消息`,
    hint: '输入任意词语，查找这里说过的话。',
    count: (count) => `${count} 条消息`,
    found: (count) => `找到 ${count} 条消息`,
    nothing: '没有找到消息',
    nothingHint: (words) => `这里没有包含“${words}”的消息。`,
    failed: '搜索失败。',
    searching: '正在搜索…',
  },
};
