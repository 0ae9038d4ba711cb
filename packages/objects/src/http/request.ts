import { ObjectError } from '../errors.ts';
import { PROTOCOL } from '../limits.ts';
import { percentDecode } from './percent.ts';

/** One HTTP request, free of Node: headers have lower-case names. */
export type ObjectRequest = {
  method: string;
  /** Path and query as they came over the wire. */
  target: string;
  headers: Readonly<Record<string, string | undefined>>;
  /** A chunk is good until the next one is asked for. */
  body: AsyncIterable<Uint8Array>;
};

export type ObjectResponse = {
  status: number;
  headers: Record<string, string>;
  body?: string | AsyncIterable<Uint8Array>;
  /** To be called when the response is over, however it ended. */
  release?: () => void;
};

/** Parameters by lower-case name: signatures know them that way only. */
export type Query = ReadonlyMap<string, string>;

export type Target = {
  /** Decoded, without the leading slash: empty for the service itself. */
  key: string;
  query: Query;
};

/** Splits and decodes a request target. A parameter given twice is refused: two readers could pick differently. */
export function parseTarget(target: string): Target {
  if (!target.startsWith('/')) throw new ObjectError('invalidURI');
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return { key: percentDecode(path.slice(1)), query: parseQuery(mark === -1 ? '' : target.slice(mark + 1)) };
}

function parseQuery(text: string): Query {
  const query = new Map<string, string>();
  for (const pair of text.split('&', PROTOCOL.queryParameters + 1)) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = percentDecode(equals === -1 ? pair : pair.slice(0, equals)).toLowerCase();
    if (query.has(name) || query.size === PROTOCOL.queryParameters) throw new ObjectError('invalidArgument');
    query.set(name, equals === -1 ? '' : percentDecode(pair.slice(equals + 1)));
  }
  return query;
}

/** The announced length of the body, if one was announced. */
export function contentLength(request: ObjectRequest): number | undefined {
  const text = request.headers['content-length'];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new ObjectError('invalidArgument');
  return Number(text);
}
