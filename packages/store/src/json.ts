import type { Json, LogEvent } from '@sterna/core';

/** Text that an engine stored is what `JSON.stringify` made of a value of that type: nothing else writes those columns. */
export function parseJson(text: string): Json {
  return decoded<Json>(text);
}

export function parseEvent(text: string): LogEvent {
  return decoded<LogEvent>(text);
}

export function decoded<Value>(text: string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder of what an engine encoded
  return JSON.parse(text) as Value;
}
