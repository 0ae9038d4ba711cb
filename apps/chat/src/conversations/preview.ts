import type { MessageKind } from '../chat-client/message-item.ts';
import type { ConversationItem, Preview } from '../chat-client/state.ts';
import type { Words } from '../i18n/en.ts';
import { type TipNames, tipText } from './tip-text.ts';

export interface PreviewContext extends TipNames {
  myID: string;
}

/** The line under a conversation's name: who said what last. */
export function previewText(item: ConversationItem, context: PreviewContext): string {
  const { t } = context;
  const { preview } = item;
  switch (preview.kind) {
    case 'none':
      return '';
    case 'tip':
      return tipText(preview.tip, context);
    case 'recalled':
      return preview.from === context.myID
        ? t.message.recalledByYou
        : t.message.recalled(context.name(preview.from));
    case 'label':
      return withSender(item, preview, kindName(t, preview.label), context);
    case 'text':
      return withSender(item, preview, preview.text.replace(/\s+/gu, ' '), context);
  }
}

export function kindName(t: Words, kind: MessageKind): string {
  return kind === 'text' || kind === 'tip' || kind === 'notice'
    ? t.message.kinds.unknown
    : t.message.kinds[kind];
}

/** In a group it matters who spoke; between two people only whether it was oneself. */
function withSender(
  item: ConversationItem,
  preview: Extract<Preview, { from: string }>,
  text: string,
  { t, myID, name }: PreviewContext,
): string {
  if (preview.from === myID) return t.conversation.arrived(t.app.you, text);
  return item.kind === 'group' && preview.from !== ''
    ? t.conversation.arrived(name(preview.from), text)
    : text;
}

/** Whoever a preview names. */
export function previewPeople(item: ConversationItem): string[] {
  const { preview } = item;
  if (preview.kind === 'tip') return [preview.tip.operatorID, ...preview.tip.userIDs.slice(0, 3)];
  if (item.kind === 'group') return 'from' in preview ? [preview.from] : [];
  // Whoever has been sent nothing yet is known by no list.
  return item.kind === 'c2c' && item.unsent !== undefined ? [item.targetID] : [];
}
