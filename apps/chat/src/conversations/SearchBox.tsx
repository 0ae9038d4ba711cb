import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './SearchBox.module.css';

export interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  label: string;
  /** The key that leads here, where it does. */
  keys?: string;
  value: string;
  onChange(value: string): void;
  onDown(input: HTMLInputElement): void;
  onEnter(): void;
  /** It is what its pane is for: typing begins at once, and Escape in the empty field leaves the pane. */
  onLeave?(): void;
}

export function SearchBox(props: SearchBoxProps) {
  const { inputRef, label, keys, value, onChange, onDown, onEnter, onLeave } = props;
  const { t } = useLanguage();
  const hasPane = onLeave !== undefined;
  useEffect(() => {
    if (hasPane) inputRef.current?.focus();
  }, [hasPane, inputRef]);
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
      if (value !== '') onChange('');
      else if (onLeave !== undefined) onLeave();
      else event.currentTarget.blur();
    }
  };
  return (
    <div className={styles.box} role={hasPane ? undefined : 'search'}>
      <Icon name="search" size={18} />
      <input
        ref={inputRef}
        className={styles.input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        placeholder={t.conversations.search}
        aria-label={label}
        {...(keys !== undefined && { 'aria-keyshortcuts': 'Control+K Meta+K' })}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? (
        keys !== undefined && (
          <kbd className={styles.keys} aria-hidden="true">
            {keys}
          </kbd>
        )
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
