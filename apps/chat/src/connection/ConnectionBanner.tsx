import { useEffect, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { Network } from '../chat-client/state.ts';
import { Spinner } from '../design/Button.tsx';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './ConnectionBanner.module.css';

/** A connection that comes back within this time is not worth a word. */
const PATIENCE_MS = 1_200;

/** Says when the connection is gone, after a moment of patience, and is quiet otherwise. */
export function ConnectionBanner() {
  const { t } = useLanguage();
  const network = useChat((state) => state.network);
  const { reconnect } = useClient();
  const shown = useSettled(network);
  return (
    <div className={cx(shown !== 'connected' && styles.banner, shown === 'disconnected' && styles.offline)}>
      <div role="status">
        {shown !== 'connected' && (
          <p className={styles.words}>
            {shown === 'connecting' ? <Spinner /> : <Icon name="offline" size={18} />}
            <span>{t.network[shown]}</span>
          </p>
        )}
      </div>
      {shown === 'disconnected' && (
        <button type="button" className={styles.now} onClick={() => void reconnect()}>
          {t.network.now}
        </button>
      )}
    </div>
  );
}

function useSettled(network: Network): Network {
  const [shown, setShown] = useState<Network>('connected');
  useEffect(() => {
    const patience = network === 'connected' || shown !== 'connected' ? 0 : PATIENCE_MS;
    const timer = setTimeout(() => setShown(network), patience);
    return () => clearTimeout(timer);
  }, [network, shown]);
  return shown;
}
