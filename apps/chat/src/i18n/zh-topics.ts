import type { enTopics } from './en-topics.ts';

/** The Chinese words about communities that talk in topics. */
export const zhTopics: typeof enTopics = {
  topics: {
    communities: '社群',
    list: (community) => `${community}的话题`,
    unnamed: '话题',
    details: '话题详情',
    topicID: '话题 ID',
    count: (count) => `${count} 个话题`,
    none: '还没有话题',
    noneHint: '大家在话题里聊天，创建第一个吧。',
    noneYetHint: '大家在话题里聊天，等待群主创建。',
    create: '新建话题',
    createConfirm: '创建话题',
    name: '话题名称',
    edit: '编辑话题',
    actions: (name) => `${name}的选项`,
    mute: '全员禁言',
    unmute: '解除全员禁言',
    delete: '删除话题',
    deleteQuestion: (name) => `删除“${name}”？`,
    deleteHint: '话题里的消息将对所有成员消失，此操作无法撤销。',
    deleteConfirm: '删除',
    gone: '这个话题已不存在。',
    talk: '聊天方式',
    together: '集中聊天',
    inTopics: '分话题聊天',
  },
};
