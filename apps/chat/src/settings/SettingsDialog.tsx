import type { ReactNode } from 'react';
import { SEARCH_SHORTCUT } from '../app/shortcuts.ts';
import { Dialog } from '../design/Dialog.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { LOCALE_NAMES, LOCALES } from '../i18n/locale.ts';
import { Choice } from './Choice.tsx';
import styles from './SettingsDialog.module.css';
import { THEMES, useTheme } from './theme.tsx';

export function SettingsDialog({ onClose }: { onClose(): void }) {
  const { t, locale, setLocale } = useLanguage();
  const { theme, setTheme } = useTheme();
  return (
    <Dialog title={t.settings.title} onClose={onClose}>
      <Choice
        label={t.settings.appearance}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t.settings[value] }))}
        onChange={setTheme}
      />
      <Choice
        label={t.settings.language}
        value={locale}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        onChange={setLocale}
      />
      <section>
        <h3 className={styles.heading}>{t.settings.keys}</h3>
        <dl className={styles.keys}>
          <Key keys={SEARCH_SHORTCUT}>{t.settings.keySearch}</Key>
          <Key keys="↑ ↓">{t.settings.keyNext}</Key>
          <Key keys="Esc">{t.settings.keyClose}</Key>
          <Key keys="Enter">{t.settings.keySend}</Key>
          <Key keys="Shift+Enter">{t.settings.keyNewLine}</Key>
        </dl>
      </section>
    </Dialog>
  );
}

function Key({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <div className={styles.key}>
      <dt>{children}</dt>
      <dd>
        <kbd className={styles.kbd}>{keys}</kbd>
      </dd>
    </div>
  );
}
