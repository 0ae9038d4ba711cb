import { deflateSync } from 'node:zlib';

/** A file that runs a script where it is taken for what it is not; `hit` is what the script would fetch. */
export type Hostile = { name: string; declared: string; bytes(hit: string): Buffer };

const script = (hit: string) =>
  `globalThis.canary=1;try{top.canary=1}catch(e){};fetch('${hit}');new Image().src='${hit}'`;

/** Files of the kinds that have run scripts in other people's origins. */
export const HOSTILE: readonly Hostile[] = [
  {
    name: 'page.html',
    declared: 'text/html',
    bytes: (hit) => Buffer.from(`<!doctype html><script>${script(hit)}</script><img src="${hit}">`),
  },
  {
    name: 'page-named-image.png',
    declared: 'image/png',
    bytes: (hit) => Buffer.from(`<html><body onload="${script(hit)}"><script>${script(hit)}</script>`),
  },
  {
    name: 'drawing.svg',
    declared: 'image/svg+xml',
    bytes: (hit) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" onload="${script(hit)}"><script>${script(hit)}</script>` +
          `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="${hit}"/></body></foreignObject></svg>`,
      ),
  },
  {
    name: 'drawing-as.png',
    declared: 'image/png',
    bytes: (hit) =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>${script(hit)}</script></svg>`),
  },
  {
    name: 'sheet.xml',
    declared: 'application/xml',
    bytes: (hit) =>
      Buffer.from(
        `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${script(hit)}</script></html>`,
      ),
  },
  {
    name: 'page.xhtml',
    declared: 'application/xhtml+xml',
    bytes: (hit) =>
      Buffer.from(
        `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>${script(hit)}</script></body></html>`,
      ),
  },
  { name: 'code.js', declared: 'text/javascript', bytes: (hit) => Buffer.from(script(hit)) },
  {
    // A valid GIF header that is also the beginning of a script.
    name: 'polyglot.gif',
    declared: 'image/gif',
    bytes: (hit) => Buffer.from(`GIF89a/*${'\0'.repeat(20)}*/=1;${script(hit)};`, 'latin1'),
  },
  {
    name: 'polyglot.jpg',
    declared: 'image/jpeg',
    bytes: (hit) =>
      Buffer.concat([
        Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
        Buffer.from(`<script>${script(hit)}</script>`),
      ]),
  },
  {
    name: 'paper.pdf',
    declared: 'application/pdf',
    bytes: (hit) =>
      Buffer.from(
        `%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL("${hit}"))>>>>endobj\n` +
          `<script>${script(hit)}</script>\ntrailer<</Root 1 0 R>>`,
      ),
  },
  {
    name: 'image-with-page.png',
    declared: 'image/png',
    bytes: (hit) => pngWithText(`<script>${script(hit)}</script>`),
  },
  {
    name: 'a"; filename="page.html\u202egnp.txt',
    declared: 'text/html; charset=utf-7',
    bytes: (hit) =>
      Buffer.from(`+ADw-script+AD4-${script(hit)}+ADw-/script+AD4-<script>${script(hit)}</script>`),
  },
  {
    name: 'page.mhtml',
    declared: 'multipart/related',
    bytes: (hit) =>
      Buffer.from(
        `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><script>${script(hit)}</script></html>`,
      ),
  },
];

/** One pixel, and a comment that a sniffing reader could take for a page. */
function pngWithText(text: string): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from('00000001000000010802000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${text}`)),
    chunk('IDAT', deflateSync(Buffer.alloc(4))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
