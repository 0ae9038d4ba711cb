import type { KeyboardEvent } from 'react';

/** Rows that the arrow keys walk through carry this attribute. */
const ROW = '[data-row]';

/** Moves the focus between rows; says `true` when it should leave the list upwards. */
export function moveRowFocus(event: KeyboardEvent<HTMLElement>): boolean {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(ROW)];
  const index = rows.findIndex((row) => row === document.activeElement);
  if (index === -1) return false;
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next === undefined) return false;
  event.preventDefault();
  if (next === -1) return true;
  rows[next]?.focus();
  return false;
}

export function focusRow(container: Element | null, index: number): void {
  container?.querySelectorAll<HTMLElement>(ROW)[index]?.focus();
}
