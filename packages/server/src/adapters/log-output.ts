import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { DestinationStream } from 'pino';

const STDERR = 2;

/** Lines go out at once and whole, so that the last one before a crash is there. A terminal gets them readable. */
export function stderrOutput(): DestinationStream {
  const shape = isatty(STDERR) ? readable : (line: string) => line;
  return {
    write(line) {
      try {
        writeSync(STDERR, shape(line));
      } catch {
        // Nobody reads, or the pipe is full: the server goes on without its log rather than not at all.
        return;
      }
    },
  };
}

/** Whether a person is looking. */
export function isTerminal(): boolean {
  return isatty(STDERR);
}

/** `12:04:31 warn  login refused  app=1 reason=userSigExpired` */
export function readable(line: string): string {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed !== 'object' || parsed === null) return line;
  const { time, level, event, ...fields } = { time: '', level: '', event: '', ...parsed };
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
  return `${[time.slice(11, 19), level.padEnd(5), event, ...rest].join(' ')}\n`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
