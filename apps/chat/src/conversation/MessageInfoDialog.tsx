import type { MessageItem } from '../chat-client/message-item.ts';
import { Dialog } from '../design/Dialog.tsx';
import { Facts } from '../design/Facts.tsx';
import { describeFailure } from '../i18n/describe-failure.ts';
import { useLanguage } from '../i18n/language.tsx';

export interface MessageInfoDialogProps {
  item: MessageItem;
  sender: string;
  onClose(): void;
}

export function MessageInfoDialog({ item, sender, onClose }: MessageInfoDialogProps) {
  const { t, format } = useLanguage();
  const facts = [
    { label: t.message.from, value: sender === item.from ? sender : `${sender} (${item.from})` },
    { label: t.message.time, value: format.full(item.timeMs) },
    { label: t.message.state, value: t.message[item.delivery] },
    ...(item.delivery === 'failed' && item.failure !== undefined
      ? [{ label: t.message.reason, value: describeFailure(t, item.failure) }]
      : []),
    ...(item.sequence > 0 ? [{ label: t.message.position, value: format.number(item.sequence) }] : []),
    { label: t.message.id, value: item.id, mono: true },
  ];
  return (
    <Dialog title={t.message.infoTitle} onClose={onClose}>
      <Facts facts={facts} />
    </Dialog>
  );
}
