import { type ComponentProps, useId } from 'react';
import type { Failure } from '../chat-client/message-item.ts';
import { describeFailure } from '../i18n/describe-failure.ts';
import { useLanguage } from '../i18n/language.tsx';
import { cx } from './cx.ts';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

export interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  onChange(value: string): void;
  autofocus?: boolean;
}

export function Field({ label, hint, error, value, onChange, autofocus = false, ...rest }: FieldProps) {
  const id = useId();
  const words = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={words === undefined ? undefined : `${id}-hint`}
        aria-invalid={error !== undefined}
        autoComplete="off"
        spellCheck={false}
        {...(autofocus ? { 'data-autofocus': '' } : {})}
        {...rest}
      />
      {words !== undefined && (
        <p id={`${id}-hint`} className={error === undefined ? styles.hint : styles.error}>
          {words}
        </p>
      )}
    </div>
  );
}

export interface LongFieldProps extends Pick<FieldProps, 'label' | 'hint' | 'error' | 'value' | 'onChange'> {
  rows: number;
}

/** A field of several lines. */
export function LongField({ label, hint, error, value, onChange, rows }: LongFieldProps) {
  const id = useId();
  const words = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={cx(styles.input, styles.long)}
        rows={rows}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={words === undefined ? undefined : `${id}-hint`}
        aria-invalid={error !== undefined}
      />
      {words !== undefined && (
        <p id={`${id}-hint`} className={error === undefined ? styles.hint : styles.error}>
          {words}
        </p>
      )}
    </div>
  );
}

/** Why the last attempt failed, in words, announced when it appears. */
export function FormError({ failure }: { failure: Failure | undefined }) {
  const { t } = useLanguage();
  return (
    <div role="alert" className={styles.alert}>
      {failure !== undefined && (
        <p className={styles.formError}>
          <Icon name="alert" size={18} />
          {describeFailure(t, failure)}
        </p>
      )}
    </div>
  );
}
