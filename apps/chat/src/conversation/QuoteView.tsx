import { useEffect } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { Quote } from '../chat-client/quote.ts';
import { fateOf } from '../chat-client/quoted.ts';
import { cx } from '../design/cx.ts';
import { useTold } from '../design/use-told.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './QuoteView.module.css';

/** The message that another one answers; a click goes there. Its words are shown when it is known that they were not taken back. */
export function QuoteView({ quote, conversationID }: { quote: Quote; conversationID: string }) {
  const { t } = useLanguage();
  const { jumpTo, lookUpQuoted } = useClient();
  const fate = useChat((state) => fateOf(state, conversationID, quote));
  const told = useTold();
  useEffect(() => {
    if (fate === undefined) void lookUpQuoted(conversationID, quote);
  }, [fate, lookUpQuoted, conversationID, quote]);
  const words = { there: quote.text, recalled: t.message.quoteRecalled, gone: t.message.quoteGone };
  const go = (): void => told(jumpTo(conversationID, quote));
  return (
    <button type="button" className={styles.quote} title={t.message.goToQuote} onClick={go}>
      <span className="visually-hidden">{t.message.inReplyTo} </span>
      <span className={styles.sender}>{quote.sender}</span>
      <span className={cx(styles.text, fate !== 'there' && styles.hidden)} dir="auto">
        {fate === undefined ? '…' : words[fate]}
      </span>
    </button>
  );
}
