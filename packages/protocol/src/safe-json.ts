import { ERRORS } from './errors.ts';
import { LIMITS } from './limits.ts';

/** A text that is no JSON, or JSON that nobody needs: too deep, too many members, or names that reach into prototypes. */
export class JsonRefusal extends Error {
  override readonly name = 'JsonRefusal';
  readonly reason = 'badJson';
  readonly code = ERRORS.badJson.code;
  /** Of the request that the text is, where it can be told: whoever asked is answered. Else 0. */
  readonly requestID: number;

  constructor(detail: string, requestID = 0) {
    super(`${ERRORS.badJson.text}: ${detail}`);
    this.requestID = requestID;
  }
}

/** Names that reach into prototypes wherever somebody assigns by name. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a member may have the name. */
export const isMemberName = (name: string): boolean => !FORBIDDEN_NAMES.has(name);

/** How much structure a text may have. `keys` counts the members of all its objects together. */
export interface JsonBounds {
  readonly depth: number;
  readonly keys: number;
}

const FRAME_BOUNDS: JsonBounds = { depth: LIMITS.jsonDepth, keys: LIMITS.jsonKeys };

const COLON = 58;
const BACKSLASH = 92;

/**
 * Parses text from strangers. Throws {@link JsonRefusal}, whose sentence repeats nothing of the text.
 *
 * The engine's own parser does the work, and the result is walked once. Members that it merged because their names are equal
 * show as more colons in the text than members in the result; the text is read with care only when strings hold colons too.
 */
export function parseJson(text: string, bounds: JsonBounds = FRAME_BOUNDS): unknown {
  const value = parse(text);
  const id = requestIDOf(value);
  const keys = countKeys(value, { ...bounds, id }, 0, 0);
  if (countColons(text) !== keys && countColonsOutsideStrings(text) !== keys) {
    throw new JsonRefusal('a name is repeated in one object', id);
  }
  return value;
}

/** Of `[id, command, body]`. */
function requestIDOf(value: unknown): number {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return Number.isSafeInteger(first) ? Number(first) : 0;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The engine's own sentence quotes the text, which may hold a secret.
    throw new JsonRefusal('it cannot be parsed');
  }
}

/** The number of members met so far, this value's included. */
function countKeys(
  value: unknown,
  bounds: JsonBounds & { id: number },
  depth: number,
  before: number,
): number {
  if (typeof value !== 'object' || value === null) {
    // 1e999 is valid JSON, but no number that could travel on.
    if (value === Infinity || value === -Infinity) throw new JsonRefusal('a number is too large', bounds.id);
    return before;
  }
  if (depth === bounds.depth)
    throw new JsonRefusal(`it is nested more than ${bounds.depth} levels deep`, bounds.id);
  let keys = before;
  if (isMembers(value)) {
    for (const name in value) {
      keys += 1;
      if (keys > bounds.keys) throw new JsonRefusal(`it has more than ${bounds.keys} members`, bounds.id);
      if (!isMemberName(name)) throw new JsonRefusal(`"${name}" is no name here`, bounds.id);
      keys = countKeys(value[name], bounds, depth + 1, keys);
    }
  } else if (Array.isArray(value)) {
    for (const element of value) keys = countKeys(element, bounds, depth + 1, keys);
  }
  return keys;
}

function isMembers(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}

/** Only for valid JSON: every string is known to end. */
function countColonsOutsideStrings(text: string): number {
  let count = 0;
  let at = 0;
  for (;;) {
    const open = text.indexOf('"', at);
    const end = open === -1 ? text.length : open;
    for (; at < end; at++) if (text.charCodeAt(at) === COLON) count += 1;
    if (open === -1) return count;
    at = endOfString(text, open) + 1;
  }
}

/** Where the string that opens at `open` ends: at the first quote with an even number of backslashes before it. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === BACKSLASH) start -= 1;
  return (at - start) % 2 === 1;
}
