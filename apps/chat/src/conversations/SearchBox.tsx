import type { KeyboardEvent, RefObject } from 'react';
import { SEARCH_SHORTCUT } from '../app/shortcuts.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './SearchBox.module.css';

export interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  value: string;
  onChange(value: string): void;
  onDown(input: HTMLInputElement): void;
  onEnter(): void;
}

export function SearchBox({ inputRef, value, onChange, onDown, onEnter }: SearchBoxProps) {
  const { t } = useLanguage();
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onDown(event.currentTarget);
    } else if (event.key === 'Enter' && value.trim() !== '') {
      event.preventDefault();
      onEnter();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (value === '') event.currentTarget.blur();
      else onChange('');
    }
  };
  return (
    <div className={styles.box} role="search">
      <Icon name="search" size={18} />
      <input
        ref={inputRef}
        className={styles.input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        placeholder={t.conversations.search}
        aria-label={t.conversations.searchLabel}
        aria-keyshortcuts="Control+K Meta+K"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? (
        <kbd className={styles.keys} aria-hidden="true">
          {SEARCH_SHORTCUT}
        </kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label={t.conversations.clearSearch}
          onClick={() => {
            onChange('');
            inputRef.current?.focus();
          }}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
