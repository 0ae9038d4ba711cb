import type { MessagePayload } from '../types/payload.ts';
import type { MessageType } from '../types/values.ts';

const LABELS: Readonly<Record<Exclude<MessageType, 'TIMTextElem'>, string>> = {
  TIMImageElem: '[图片]',
  TIMSoundElem: '[语音]',
  TIMVideoFileElem: '[视频]',
  TIMFileElem: '[文件]',
  TIMLocationElem: '[位置]',
  TIMFaceElem: '[表情]',
  TIMCustomElem: '[自定义消息]',
  TIMRelayElem: '[聊天记录]',
  TIMGroupTipElem: '[群提示消息]',
  TIMGroupSystemNoticeElem: '[群系统通知]',
};

/** One line for a list of conversations: the text itself, or the published label. */
export function messageForShow(type: MessageType, payload: MessagePayload): string {
  if (type !== 'TIMTextElem') return LABELS[type];
  return 'text' in payload ? payload.text : '';
}
