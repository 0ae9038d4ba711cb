import { useId } from 'react';
import type { NewGroupType } from '../chat-client/groups.ts';
import { GROUP_TYPE } from '../chat-client/published-values.ts';
import { cx } from '../design/cx.ts';
import { useLanguage } from '../i18n/language.tsx';
import { groupTypeName } from './group-rights.ts';
import styles from './KindChoice.module.css';

const KINDS: readonly NewGroupType[] = Object.values(GROUP_TYPE);

export interface KindChoiceProps {
  value: NewGroupType;
  onChange(value: NewGroupType): void;
}

/** The kinds of group, each with what it is for: they cannot be changed afterwards. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const { t } = useLanguage();
  const name = useId();
  return (
    <fieldset>
      <legend className={styles.legend}>{t.groups.kind}</legend>
      <div className={styles.kinds}>
        {KINDS.map((kind) => (
          <label key={kind} className={cx(styles.kind, kind === value && styles.chosen)}>
            <input
              className="visually-hidden"
              type="radio"
              name={name}
              checked={kind === value}
              onChange={() => onChange(kind)}
            />
            <span className={styles.title}>{groupTypeName(t, kind)}</span>
            <span className={styles.hint}>{t.groups.kindHints[kind]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
