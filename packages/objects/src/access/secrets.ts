import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** 128 bits: shorter secrets are refused, and so is starting without one. */
export const LEAST_SECRET_BYTES = 16;

/** What a derived key is for. A token of one purpose never passes as another. */
export type Purpose = 'credential' | 'secret-id' | 'secret-key' | 'put-url' | 'get-url' | 'reader';

/** The keys of one secret, derived once: a key made anew for each digest would cost six times what the digest does. */
export type Secret = Readonly<Record<Purpose, KeyObject>>;

/** The first signs, all verify: a secret is replaced by putting the new one before the old. */
export type Secrets = readonly [Secret, ...Secret[]];

/** Turns configured texts into secrets; throws on one that is too short. */
export function parseSecrets(texts: readonly string[]): Secrets {
  const [first, ...rest] = texts.map(parseSecret);
  if (first === undefined) throw new RangeError('The object service needs a secret.');
  return [first, ...rest];
}

function parseSecret(text: string): Secret {
  const secret = Buffer.from(text, 'utf8');
  if (secret.length < LEAST_SECRET_BYTES) {
    throw new RangeError(
      `A secret of the object service must have at least ${LEAST_SECRET_BYTES} random bytes.`,
    );
  }
  const derive = (purpose: Purpose): KeyObject =>
    createSecretKey(createHmac('sha256', secret).update(`sterna/objects/v1/${purpose}`).digest());
  return {
    credential: derive('credential'),
    'secret-id': derive('secret-id'),
    'secret-key': derive('secret-key'),
    'put-url': derive('put-url'),
    'get-url': derive('get-url'),
    reader: derive('reader'),
  };
}

/** HMAC-SHA256 under a key of its own for each purpose. */
export function keyedDigest(secret: Secret, purpose: Purpose, text: string): string {
  return createHmac('sha256', secret[purpose]).update(text).digest('base64url');
}

/** The secret under which `digest` is the keyed digest of `text`, if any of them is. */
export function secretOf(
  secrets: Secrets,
  purpose: Purpose,
  { text, digest }: { text: string; digest: string },
): Secret | undefined {
  return secrets.find((secret) => equalText(keyedDigest(secret, purpose, text), digest));
}

/** Compares without telling by its time where two texts begin to differ. */
export function equalText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Self-contained claims: anybody may read them, only a holder of the secret can have made them. */
export function seal(secrets: Secrets, purpose: Purpose, claims: object): string {
  const payload = Buffer.from(JSON.stringify(claims), 'utf8').toString('base64url');
  return `${payload}.${keyedDigest(secrets[0], purpose, payload)}`;
}

export type Opened = { claims: unknown; payload: string; secret: Secret };

/** What a sealed text holds, or undefined when it is not ours. */
export function unseal(secrets: Secrets, purpose: Purpose, text: string): Opened | undefined {
  const dot = text.indexOf('.');
  if (dot === -1) return undefined;
  const payload = text.slice(0, dot);
  const secret = secretOf(secrets, purpose, { text: payload, digest: text.slice(dot + 1) });
  if (secret === undefined) return undefined;
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return { claims, payload, secret };
}
