import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../design/cx.ts';
import type { MenuAnchor } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { EMOJI, EMOJI_GROUPS, type EmojiGroup } from './emoji.ts';
import styles from './EmojiPicker.module.css';
import { addRecent, readRecent } from './recent-emoji.ts';

export interface EmojiPickerProps {
  anchor: MenuAnchor;
  label: string;
  onPick(emoji: string): void;
  onClose(): void;
}

type Tab = 'recent' | EmojiGroup;

/** A grid of emoji in the top layer; it stays open, for those who need three. */
export function EmojiPicker({ anchor, label, onPick, onClose }: EmojiPickerProps) {
  const { t } = useLanguage();
  const ref = useRef<HTMLDivElement>(null);
  const [recent] = useState(() => readRecent(localStorage));
  const [tab, setTab] = useState<Tab>(recent.length > 0 ? 'recent' : 'smileys');
  const tabs: Tab[] = recent.length > 0 ? ['recent', ...EMOJI_GROUPS] : [...EMOJI_GROUPS];
  const shown = tab === 'recent' ? recent : EMOJI[tab];
  useLayoutEffect(() => {
    const picker = ref.current;
    if (picker === null) return undefined;
    picker.showPopover();
    const { width, height } = picker.getBoundingClientRect();
    picker.style.left = `${Math.max(8, Math.min(anchor.left, window.innerWidth - width - 8))}px`;
    picker.style.top = `${Math.max(8, Math.min(anchor.top - height - 10, window.innerHeight - height - 8))}px`;
    picker.querySelector<HTMLElement>('[data-emoji]')?.focus();
    return () => picker.hidePopover();
  }, [anchor]);
  return (
    <div
      ref={ref}
      popover="auto"
      role="dialog"
      aria-label={label}
      className={styles.picker}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      <div className={styles.tabs} role="tablist">
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === tab}
            aria-label={t.emoji[name]}
            title={t.emoji[name]}
            className={cx(styles.tab, name === tab && styles.chosen)}
            onClick={() => setTab(name)}
          >
            {name === 'recent' ? '🕘' : EMOJI[name][0]}
          </button>
        ))}
      </div>
      <div className={styles.grid} role="tabpanel" aria-label={t.emoji[tab]} onKeyDown={moveInGrid}>
        {shown.map((emoji, index) => (
          <button
            key={emoji}
            type="button"
            data-emoji=""
            tabIndex={index === 0 ? 0 : -1}
            className={styles.emoji}
            onClick={() => {
              addRecent(localStorage, emoji);
              onPick(emoji);
            }}
          >
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
}

const COLUMNS = 8;

function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-emoji]')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  event.preventDefault();
  next?.focus();
}
