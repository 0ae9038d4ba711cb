import { expect, test } from 'vitest';
import { TYPES } from '../constants.ts';
import type { MessagePayload } from '../types/payload.ts';
import type { MessageType } from '../types/values.ts';
import { messageForShow } from './show.ts';

test('a text shows itself', () => {
  expect(messageForShow('TIMTextElem', { text: 'hi' })).toBe('hi');
});

test.each<[keyof typeof TYPES, string]>([
  ['MSG_IMAGE', '[图片]'],
  ['MSG_AUDIO', '[语音]'],
  ['MSG_SOUND', '[语音]'],
  ['MSG_VIDEO', '[视频]'],
  ['MSG_FILE', '[文件]'],
  ['MSG_LOCATION', '[位置]'],
  ['MSG_GEO', '[位置]'],
  ['MSG_FACE', '[表情]'],
  ['MSG_CUSTOM', '[自定义消息]'],
  ['MSG_MERGER', '[聊天记录]'],
  ['MSG_GRP_TIP', '[群提示消息]'],
  ['MSG_GRP_SYS_NOTICE', '[群系统通知]'],
])('%s shows %s', (key, label) => {
  expect(messageForShow(TYPES[key] as MessageType, {} as MessagePayload)).toBe(label);
});
