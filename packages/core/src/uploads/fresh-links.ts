import type { MessageEvent } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { namesFiles } from './require-files.ts';

/**
 * A message as it is read: its links are new, so that they may be short and still open whenever somebody who may read the
 * message does. A text goes through untouched.
 */
export function withFreshLinks<Told extends { elements?: MessageEvent['elements'] | undefined }>(
  { objects }: ReadDeps,
  event: Told,
): Told {
  const { elements = [] } = event;
  if (objects === undefined || !(namesFiles(elements) || elements.some(isMerger))) return event;
  return { ...event, elements: fresh(elements, (text) => objects.renew(text)) };
}

const isMerger = ({ type }: MessageEvent['elements'][number]): boolean => type === 'TIMRelayElem';

/** The messages inside a merged one, as they are read. */
export function mergedWithFreshLinks<Value>({ objects }: ReadDeps, messages: Value): Value {
  return objects === undefined ? messages : fresh(messages, (text) => objects.renew(text));
}

/** The same value, with other texts: what is inside a merged message has no shape of its own here. */
function fresh<Value>(value: Value, renew: (text: string) => string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only texts change, and they stay texts
  return change(value) as Value;

  function change(part: unknown): unknown {
    if (typeof part === 'string') return part.startsWith('http') ? renew(part) : part;
    if (Array.isArray(part)) return part.map(change);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, change(inner)]));
  }
}
