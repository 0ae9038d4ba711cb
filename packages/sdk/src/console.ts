import type { LogSink } from './logger.ts';

/** The default sink: the one place of the SDK that writes to the console. */
export const consoleSink: LogSink = (kind, text, fields) => {
  // oxlint-disable-next-line no-restricted-globals -- every host has a console; an application may replace this sink
  console[kind](`[Sterna] ${text}`, fields);
};
