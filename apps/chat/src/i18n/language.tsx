import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en, type Words } from './en.ts';
import { createFormat, type Format } from './format.ts';
import { isolating } from './isolated.ts';
import { type Locale, pickLocale, readLocale, regionalLocale } from './locale.ts';
import { zh } from './zh.ts';

export interface Language {
  locale: Locale;
  t: Words;
  format: Format;
  setLocale(locale: Locale): void;
}

const STORAGE_KEY = 'sterna.language';
const WORDS: Record<Locale, Words> = { en: isolating(en), 'zh-CN': isolating(zh) };

const LanguageContext = createContext<Language | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(
    () => readLocale(localStorage.getItem(STORAGE_KEY)) ?? pickLocale(navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const language = useMemo<Language>(
    () => ({
      locale,
      t: WORDS[locale],
      format: createFormat(regionalLocale(locale, navigator.languages)),
      setLocale: (next) => {
        localStorage.setItem(STORAGE_KEY, next);
        setLocale(next);
      },
    }),
    [locale],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (language === undefined) throw new Error('useLanguage outside of LanguageProvider');
  return language;
}
