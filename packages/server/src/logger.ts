import pino, { type DestinationStream } from 'pino';
import type { LogLevel } from './config/settings.ts';

/**
 * Everything that a log line may say, by name. Bodies, signatures, tokens, keys and query strings have no name here,
 * so no call can log one by accident; `error` is reduced to what is safe.
 */
export interface LogFields {
  app?: number;
  userID?: string;
  /** Where a client is, as the configuration lets it be shown. */
  address?: string;
  command?: string;
  reason?: string;
  status?: number;
  ms?: number;
  count?: number;
  url?: string;
  /** The page that asked, by scheme, host and port. */
  origin?: string;
  folder?: string;
  mode?: string;
  version?: string;
  signal?: string;
  error?: unknown;
}

/** Structured lines: what happened, in a few words that never change, and fields. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const NAMES: ReadonlySet<string> = new Set<keyof LogFields>([
  'app',
  'userID',
  'address',
  'command',
  'reason',
  'status',
  'ms',
  'count',
  'url',
  'origin',
  'folder',
  'mode',
  'version',
  'signal',
]);

const MAX_TEXT = 200;
const MAX_FRAMES = 8;

export function createLog(level: LogLevel, destination: DestinationStream): Log {
  const lines = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    debug: (event, fields) => lines.debug(allowed(fields), event),
    info: (event, fields) => lines.info(allowed(fields), event),
    warn: (event, fields) => lines.warn(allowed(fields), event),
    error: (event, fields) => lines.error(allowed(fields), event),
  };
}

/** A copy with the allowed names only: an object that has more than its type says loses it here. */
function allowed(fields: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!NAMES.has(name)) continue;
    if (typeof value === 'number') line[name] = value;
    else if (typeof value === 'string') line[name] = plainText(value);
  }
  if ('error' in fields) line['error'] = describeError(fields.error);
  return line;
}

/** What an error may say of itself. Quoted parts and long runs of letters in its message can be somebody's data or key. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const described: Record<string, unknown> = { name: error.name, message: redact(error.message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) {
    described['code'] = error.code;
  }
  const frames = framesOf(error);
  if (frames.length > 0) described['at'] = frames.slice(0, MAX_FRAMES).map((line) => plainText(line.trim()));
  if (error.cause !== undefined) described['cause'] = describeError(error.cause);
  return described;
}

/** Where it was thrown. The stack repeats the message, whose own lines could look like places. */
function framesOf({ stack = '', message }: Error): string[] {
  const places = stack.slice(stack.indexOf(message) + message.length);
  return places.split('\n').filter((line) => /^\s+at /.test(line));
}

function redact(message: string): string {
  const withoutQuotes = message.replaceAll(/"[^"]*"?|'[^']*'?|`[^`]*`?/g, '…');
  const withoutURLs = withoutQuotes.replaceAll(/\b[a-z]+:\/\/\S+/gi, '…');
  return plainText(withoutURLs.replaceAll(/[A-Za-z0-9+/*_=-]{24,}/g, '…'));
}

/** One line, bounded, in which nothing can move a terminal's cursor or pose as another line. */
function plainText(text: string): string {
  const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return cut
    .toWellFormed()
    .replaceAll(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
