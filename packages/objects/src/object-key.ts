import { Buffer } from 'node:buffer';
import { ObjectError } from './errors.ts';
import { PROTOCOL } from './limits.ts';
import type { Random } from './ports.ts';

/** 128 bits: a key cannot be guessed, and two uploads never meet. */
const RANDOM_BYTES = 16;

/** With the rest of a key, names of this length stay far below the longest key. */
const NAME_BYTES = 180;

// C0, DEL, C1 and the separators of lines: they break headers, logs and terminals.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;

/** Refuses keys that could mean something else to a client, a proxy or a log. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key, 'utf8') > PROTOCOL.keyBytes) throw new ObjectError('keyTooLong');
  const dotted = key.split('/').some((segment) => segment === '' || segment === '.' || segment === '..');
  if (dotted || CONTROLS.test(key) || !key.isWellFormed()) throw new ObjectError('invalidKey');
}

/** All that a user may write: `{app}/{user}/`. */
export function userPrefix(app: string, user: string): string {
  return `${segment(app)}/${segment(user)}/`;
}

/** A fresh folder for one message's file and whatever is made beside it: `{app}/{user}/{random}/`. */
export function newKeyPrefix(random: Random, app: string, user: string): string {
  const name = Buffer.from(random.bytes(RANDOM_BYTES)).toString('base64url');
  return `${userPrefix(app, user)}${name}/`;
}

/** Whether a key is one file in one fresh folder of the user: what `newKeyPrefix` and `safeFileName` make together. */
export function isKeyOf(app: string, user: string, key: string): boolean {
  const own = userPrefix(app, user);
  const [folder = '', name, ...more] = key.slice(own.length).split('/');
  if (!key.startsWith(own) || name === undefined || more.length > 0) return false;
  return /^[\w-]{22}$/.test(folder) && safeFileName(name) === name;
}

/** Keeps what a person reads in a file name, and nothing a file system or a header would trip over. */
export function safeFileName(fileName: string): string {
  const last = fileName.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last.replaceAll(new RegExp(CONTROLS, 'gu'), '').trim();
  if (clean === '' || clean === '.' || clean === '..') return 'file';
  return shorten(clean);
}

/** The name that a download gets: the last segment of its key. */
export function fileNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Ids of the usual letters stay readable; any other is spelled in base64 behind a tilde, so that none meet. */
function segment(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  return `~${Buffer.from(id, 'utf8').toString('base64url')}`;
}

function shorten(name: string): string {
  if (Buffer.byteLength(name, 'utf8') <= NAME_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  let stem = name.slice(0, Math.min(NAME_BYTES, name.length - ending.length));
  while (Buffer.byteLength(stem + ending, 'utf8') > NAME_BYTES) stem = stem.slice(0, -1);
  // The cut may have gone through a pair of surrogates.
  return stem.replace(/[\ud800-\udbff]$/, '') + ending;
}
