import { useClient } from '../chat-client/hooks.tsx';
import type { Quote } from '../chat-client/quote.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './QuoteView.module.css';
import { useTold } from '../design/use-told.ts';

/** The message that another one answers; a click goes there. */
export function QuoteView({ quote, conversationID }: { quote: Quote; conversationID: string }) {
  const { t } = useLanguage();
  const { jumpTo } = useClient();
  const told = useTold();
  const go = (): void => told(jumpTo(conversationID, quote));
  return (
    <button type="button" className={styles.quote} title={t.message.goToQuote} onClick={go}>
      <span className="visually-hidden">{t.message.inReplyTo} </span>
      <span className={styles.sender}>{quote.sender}</span>
      <span className={styles.text} dir="auto">
        {quote.text}
      </span>
    </button>
  );
}
