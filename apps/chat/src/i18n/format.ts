/** Dates and times in the reader's language. Every method is a pure function of its arguments. */
export interface Format {
  time(timeMs: number): string;
  /** "Today", "Yesterday", a weekday within the week, else the date. */
  day(timeMs: number, nowMs: number): string;
  /** The short form beside a conversation: the time today, else the day. */
  brief(timeMs: number, nowMs: number): string;
  full(timeMs: number): string;
  number(value: number): string;
}

const DAY_MS = 86_400_000;

/** Whole calendar days between two moments, in local time: summer time makes a day 23 or 25 hours. */
export function daysBetween(earlierMs: number, laterMs: number): number {
  return Math.round((startOfDay(laterMs) - startOfDay(earlierMs)) / DAY_MS);
}

export function startOfDay(timeMs: number): number {
  const date = new Date(timeMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function startOfNextDay(timeMs: number): number {
  const date = new Date(timeMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** `locale` may be regional (`en-GB`): the clock and the order of day and month follow it. */
export function createFormat(locale: string): Format {
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const thisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const anyYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const shortThisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const numeric = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: '2-digit' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear();
  const nearby = (daysAgo: number) => capitalise(relative.format(-daysAgo, 'day'), locale);

  return {
    time: (timeMs) => time.format(timeMs),
    day: (timeMs, nowMs) => {
      const daysAgo = daysBetween(timeMs, nowMs);
      if (daysAgo === 0 || daysAgo === 1) return nearby(daysAgo);
      if (daysAgo > 1 && daysAgo < 7) return weekday.format(timeMs);
      return (sameYear(timeMs, nowMs) ? thisYear : anyYear).format(timeMs);
    },
    brief: (timeMs, nowMs) => {
      const daysAgo = daysBetween(timeMs, nowMs);
      if (daysAgo === 0) return time.format(timeMs);
      if (daysAgo === 1) return nearby(1);
      if (daysAgo > 1 && daysAgo < 7) return shortWeekday.format(timeMs);
      return (sameYear(timeMs, nowMs) ? shortThisYear : numeric).format(timeMs);
    },
    full: (timeMs) => full.format(timeMs),
    number: (value) => number.format(value),
  };
}

function capitalise(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
