import { ObjectError } from '../errors.ts';
import type { ObjectRequest, Query, Target } from '../http/request.ts';
import { type Action, openCredential } from './credential.ts';
import type { Secrets } from './secrets.ts';
import {
  checkWindows,
  parseSignature,
  type Signature,
  SIGNATURE_PARAMETERS,
  signatureFromQuery,
  verifySignature,
} from './signature.ts';
import { openPutToken, openReaderToken, type ReaderClaims, verifyGetURL } from './signed-url.ts';

/** What whoever sent a request may do. */
export type Grant = {
  app: string;
  user: string;
  actions: readonly Action[];
  /** A key, or with its slash at the end the beginning of all that are open. */
  scope: { key: string } | { prefix: string };
  maxBytes: number;
  /** The file has `maxBytes`, no less. */
  exact?: true | undefined;
  contentTypes?: readonly string[] | undefined;
};

/** Who asks to read: the holder of a credential may; of others it depends on whether readers are looked up. */
export type ReadAccess =
  | { kind: 'granted' }
  | { kind: 'asked'; isSigned: boolean; reader: ReaderClaims | undefined };

export type Gate = { secrets: Secrets; nowMs: number };

/** Parameters that name what a request acts upon: left unsigned, anybody on the way could change them. */
const ACTED_UPON = ['uploads', 'uploadid', 'partnumber', 'prefix'];

/** The grant of a request that changes or lists something; throws when it has none. */
export function authorize(gate: Gate, request: ObjectRequest, target: Target): Grant {
  const upload = target.query.get('upload');
  if (upload !== undefined && request.method === 'PUT') return putGrant(gate, upload);
  return signedGrant(gate, request, target);
}

/** Whether a request may read the key of its target. */
export function authorizeRead(gate: Gate, request: ObjectRequest, target: Target): ReadAccess {
  const { key, query } = target;
  const isSigned = query.has('signature');
  if (isSigned) verifyGetURL(gate.secrets, key, query, gate.nowMs);
  const token = query.get('reader');
  if (isSigned || token !== undefined) {
    const reader = token === undefined ? undefined : openReaderToken(gate.secrets, token, gate.nowMs);
    return { kind: 'asked', isSigned, reader };
  }
  requireAccess(signedGrant(gate, request, target), 'read', key);
  return { kind: 'granted' };
}

/** The grant of a form: a signed URL's, which it was sent to or has in a field, or a signature, which covers the path `/` only. */
export function authorizeForm(
  gate: Gate,
  { request, target }: { request: ObjectRequest; target: Target },
  fields: ReadonlyMap<string, string>,
): Grant {
  const upload = target.query.get('upload') ?? fields.get('upload');
  if (upload !== undefined) return putGrant(gate, upload);
  const text = fields.get('signature') ?? request.headers['authorization'];
  if (text === undefined) throw new ObjectError('accessDenied');
  const token = fields.get('x-cos-security-token') ?? request.headers['x-cos-security-token'];
  return grantOf(gate, parseSignature(text), { request, key: '', query: new Map(), token });
}

/** Throws unless the grant covers the action on the key. */
export function requireAccess(grant: Grant, action: Action, key: string): void {
  const covered = 'key' in grant.scope ? key === grant.scope.key : key.startsWith(grant.scope.prefix);
  if (!covered || !grant.actions.includes(action)) throw new ObjectError('accessDenied');
}

function putGrant({ secrets, nowMs }: Gate, token: string): Grant {
  const { app, user, key, maxBytes, contentTypes, exact } = openPutToken(secrets, token, nowMs);
  return { app, user, actions: ['write'], scope: { key }, maxBytes, contentTypes, exact };
}

function signedGrant(gate: Gate, request: ObjectRequest, { key, query }: Target): Grant {
  const header = request.headers['authorization'];
  const token = request.headers['x-cos-security-token'] ?? query.get('x-cos-security-token');
  if (header !== undefined) return grantOf(gate, parseSignature(header), { request, key, query, token });
  if (!query.has('q-signature')) throw new ObjectError('accessDenied');
  const signed = new Map([...query].filter(([name]) => !SIGNATURE_PARAMETERS.has(name)));
  return grantOf(gate, signatureFromQuery(query), { request, key, query: signed, token });
}

type Presented = { request: ObjectRequest; key: string; query: Query; token: string | undefined };

function grantOf({ secrets, nowMs }: Gate, signature: Signature, presented: Presented): Grant {
  const { request, key, query, token } = presented;
  if (token === undefined) throw new ObjectError('invalidToken');
  const { claims, secretKey } = openCredential(secrets, { token, secretID: signature.secretID, nowMs });
  checkWindows(signature, nowMs);
  verifySignature(signature, secretKey, {
    method: request.method,
    path: `/${key}`,
    query,
    headers: request.headers,
  });
  const unsigned = ACTED_UPON.some((name) => query.has(name) && !signature.parameterNames.includes(name));
  if (unsigned) throw new ObjectError('unsignedParameter');
  const { app, user, actions, prefix, maxBytes, contentTypes, exact } = claims;
  const scope = exact === true ? { key: prefix } : { prefix };
  return { app, user, actions, scope, maxBytes, contentTypes, exact };
}
