import type { LogLevel } from './types/values.ts';

export type LogKind = 'debug' | 'info' | 'warn' | 'error';
/** Only plain values, so that no message body or file can slip into a log. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
/** Where lines go: the console, or what the application registered as `sterna-logger`. */
export type LogSink = (kind: LogKind, text: string, fields: LogFields) => unknown;

type Log = (text: string, fields?: LogFields) => void;

export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
  readonly setLevel: (level: LogLevel) => void;
  readonly setSink: (sink: LogSink) => void;
}

const RANK = { debug: 0, info: 1, warn: 2, error: 3 } as const;

/** Secrets and what people write: a line may say that there is one, never what it is. */
const HIDDEN = /sig|token|secret|password|payload|body|text$/i;

/** Drops what is below the level: 0 everything, 1 from info (the start), 2 from warn, 3 errors, 4 nothing. */
export function createLogger(sink: LogSink): Logger {
  let minimum: number = 1;
  let write = sink;
  const at =
    (kind: LogKind) =>
    (text: string, fields: LogFields = {}): void => {
      if (RANK[kind] < minimum) return;
      const shown: Record<string, string | number | boolean | undefined> = {};
      for (const key of Object.keys(fields)) shown[key] = HIDDEN.test(key) ? '…' : fields[key];
      // A sink that throws, or rejects, ends nothing: the line goes where it went without it.
      new Promise((resolve) => resolve(write(kind, text, shown))).catch(() => sink(kind, text, shown));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel(level) {
      if (level >= 0 && level <= 4) minimum = level;
    },
    setSink(next) {
      write = next;
    },
  };
}
