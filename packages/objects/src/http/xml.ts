import { ObjectError } from '../errors.ts';

/** Text, or elements in order; a name may repeat. */
export type XmlValue = string | number | boolean | readonly XmlElement[];
export type XmlElement = readonly [name: string, value: XmlValue];

const HEAD = "<?xml version='1.0' encoding='utf-8' ?>\n";

/** An XML document of one root element. */
export function xmlDocument(root: XmlElement): string {
  return HEAD + element(root);
}

function element([name, value]: XmlElement): string {
  const inner = typeof value === 'object' ? value.map(element).join('') : escapeXml(String(value));
  return `<${name}>${inner}</${name}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// What XML 1.0 cannot hold at all, even escaped.
const UNSPEAKABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeXml(text: string): string {
  return text.replace(UNSPEAKABLE, '\ufffd').replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

export type CompletedPart = { number: number; etag: string };

/** One part of the list, its two children in either order and nothing else. */
const PART = /<Part>\s*(?:<(PartNumber|ETag)>([^<]*)<\/\1>\s*){2}<\/Part>\s*/y;
const CHILD = /<(PartNumber|ETag)>([^<]*)<\/\1>/g;
const OPENING = /^\s*(?:<\?xml[^>]*\?>\s*)?<CompleteMultipartUpload(?: xmlns="[^"]*")?>\s*/;
const CLOSING = /<\/CompleteMultipartUpload>\s*$/y;

/** Reads the body of a completion. It knows this one document and no other: no entities, no DTD, no nesting. */
export function parseCompletion(text: string): CompletedPart[] {
  const opening = OPENING.exec(text);
  if (opening === null) throw new ObjectError('malformedXML');
  const parts: CompletedPart[] = [];
  let at = opening[0].length;
  for (;;) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (match === null) break;
    parts.push(readPart(match[0]));
    at = PART.lastIndex;
  }
  CLOSING.lastIndex = at;
  if (!CLOSING.test(text) || parts.length === 0) throw new ObjectError('malformedXML');
  return parts;
}

function readPart(text: string): CompletedPart {
  const children = new Map([...text.matchAll(CHILD)].map((match) => [match[1], (match[2] ?? '').trim()]));
  const number = children.get('PartNumber') ?? '';
  const etag = (children.get('ETag') ?? '').replaceAll('&quot;', '"').replaceAll('&#34;', '"');
  const digest = /^"?([0-9a-fA-F]{32})"?$/.exec(etag)?.[1];
  if (digest === undefined || !/^\d{1,5}$/.test(number)) throw new ObjectError('malformedXML');
  return { number: Number(number), etag: digest.toLowerCase() };
}
