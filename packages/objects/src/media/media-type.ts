import { Buffer } from 'node:buffer';

/** What we call bytes that we do not know, or that a browser must not be told. */
export const UNKNOWN_TYPE = 'application/octet-stream';

type Sign = { type: string; at?: number; hex: string };

/** Types by their first bytes; `..` stands for any byte. The first that fits wins. */
const SIGNS: readonly Sign[] = [
  { type: 'image/jpeg', hex: 'ffd8ff' },
  { type: 'image/png', hex: '89504e470d0a1a0a' },
  { type: 'image/gif', hex: '474946383761' },
  { type: 'image/gif', hex: '474946383961' },
  { type: 'image/webp', hex: '52494646........57454250' },
  { type: 'audio/wav', hex: '52494646........57415645' },
  { type: 'audio/amr', hex: '2321414d52' },
  { type: 'audio/ogg', hex: '4f67675300' },
  { type: 'audio/flac', hex: '664c6143' },
  { type: 'audio/mpeg', hex: '494433' },
  { type: 'video/webm', hex: '1a45dfa3' },
  { type: 'application/pdf', hex: '255044462d' },
  { type: 'application/zip', hex: '504b0304' },
];

/** Brands of the ISO media container, by the four letters after `ftyp`. */
const BRANDS: Readonly<Record<string, string>> = {
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  mif1: 'image/heic',
};

/** Types that a browser shows by itself without running anything of them. */
const INLINE = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
  'audio/wav',
  'audio/amr',
  'audio/ogg',
  'audio/flac',
  'audio/mpeg',
  'audio/aac',
  'audio/mp4',
  'video/webm',
  'video/mp4',
  'video/quicktime',
]);

/** Known and harmless to name, but always saved and never shown. */
const NAMED = new Set(['application/pdf', 'application/zip', 'image/heic']);

/** The type that the first bytes speak of. What the uploader said does not count. */
export function sniffType(head: Uint8Array): string {
  const hex = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16)).toString('hex');
  const sign = SIGNS.find((each) => fits(hex, each.hex));
  return sign?.type ?? sniffContainer(head) ?? sniffBitmap(head) ?? sniffAudioFrame(head) ?? UNKNOWN_TYPE;
}

/** The type a response may name: unknown and active types are plain bytes. */
export function servedType(type: string): { type: string; inline: boolean } {
  if (INLINE.has(type)) return { type, inline: true };
  return { type: NAMED.has(type) ? type : UNKNOWN_TYPE, inline: false };
}

/** Whether a type is among allowed ones, written as `image/png` or `image/*`. */
export function typeAllowed(type: string, allowed: readonly string[]): boolean {
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  return allowed.some((each) => each === type || each === family || each === '*/*');
}

function fits(hex: string, sign: string): boolean {
  if (hex.length < sign.length) return false;
  return sign.split('').every((digit, index) => digit === '.' || digit === hex[index]);
}

function sniffContainer(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 12)).toString('latin1');
  if (text.length < 12 || text.slice(4, 8) !== 'ftyp') return undefined;
  return BRANDS[text.slice(8, 12)] ?? 'video/mp4';
}

/** "BM" alone is two letters of any text: the reserved zeros and a known header size must follow. */
function sniffBitmap(head: Uint8Array): string | undefined {
  if (head.length < 18 || head[0] !== 0x42 || head[1] !== 0x4d) return undefined;
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const headerSizes = [12, 40, 52, 56, 108, 124];
  return view.readUInt32LE(6) === 0 && headerSizes.includes(view.readUInt32LE(14)) ? 'image/bmp' : undefined;
}

/** MPEG audio without a tag begins with a frame: eleven set bits, then layer II or III and the rate. */
function sniffAudioFrame(head: Uint8Array): string | undefined {
  const [first, second, third] = head;
  if (first !== 0xff || second === undefined || third === undefined) return undefined;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const layer = (second >> 1) & 3;
  const plausible =
    (second & 0xe0) === 0xe0 &&
    (layer === 1 || layer === 2) &&
    (third & 0xf0) !== 0xf0 &&
    (third & 0x0c) !== 0x0c;
  return plausible ? 'audio/mpeg' : undefined;
}
