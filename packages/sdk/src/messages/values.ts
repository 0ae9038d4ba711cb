/** Reads a property of whatever an application passed. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** What a text says; nothing where it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A string field: missing is empty, everything else that is no string becomes its JSON. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value) || '';
}

/** A list of strings, whatever was passed. */
export function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(toText) : [];
}

/** NaN for what is no number, so that a check can tell. */
export function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/** A size or a length: 0 when it is not known. */
export function toCount(value: unknown): number {
  return toNumber(value) > 0 ? toNumber(value) : 0;
}
