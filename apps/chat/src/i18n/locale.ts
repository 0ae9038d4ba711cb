export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** The languages as their own speakers call them. */
export const LOCALE_NAMES = { en: 'English', 'zh-CN': '简体中文' } as const satisfies Record<Locale, string>;

/** The first of the reader's languages that the app speaks; English when there is none. */
export function pickLocale(preferred: readonly string[]): Locale {
  for (const language of preferred) {
    if (language.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (language.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

export function readLocale(value: string | null): Locale | undefined {
  return LOCALES.find((locale) => locale === value);
}

/** The reader's own region of a language (`en-GB` for `en`), for dates and numbers. */
export function regionalLocale(locale: Locale, preferred: readonly string[]): string {
  const language = locale.slice(0, 2);
  return preferred.find((tag) => tag.toLowerCase().startsWith(language)) ?? locale;
}
