import * as v from 'valibot';
import { ObjectError } from '../errors.ts';
import { userPrefix } from '../object-key.ts';
import { equalText, keyedDigest, seal, type Secrets, unseal } from './secrets.ts';
import { PROTOCOL } from '../limits.ts';

export const ACTIONS = ['write', 'read', 'delete'] as const;

/** `write` uploads and aborts, `read` downloads and lists parts, `delete` removes objects. */
export type Action = (typeof ACTIONS)[number];

const claimsSchema = v.object({
  app: v.string(),
  user: v.string(),
  prefix: v.string(),
  maxBytes: v.number(),
  startMs: v.number(),
  endMs: v.number(),
  actions: v.array(v.picklist(ACTIONS)),
  contentTypes: v.optional(v.array(v.string())),
  exact: v.optional(v.literal(true)),
});

/** What a credential allows, and to whom. */
export type Claims = v.InferOutput<typeof claimsSchema>;

export type CredentialRequest = {
  app: string;
  user: string;
  /** Keys must begin with it; it must itself lie within the user's own keys. Whole by default. */
  keyPrefix?: string;
  maxBytes: number;
  expiresAtMs: number;
  /** Types by their bytes, as `image/png` or `image/*`; any when absent. */
  contentTypes?: readonly string[];
  /** For one file alone: the one whose key is `keyPrefix`, of `maxBytes` and no less. */
  exact?: true;
  /** Upload and read back what was uploaded, by default. */
  actions?: readonly Action[];
};

/** What `getAuthorization` of the COS SDKs is answered with; times are in seconds. */
export type Credential = {
  TmpSecretId: string;
  TmpSecretKey: string;
  SecurityToken: string;
  /** The same token under the name that versions of 2020 read. */
  XCosSecurityToken: string;
  StartTime: number;
  ExpiredTime: number;
};

/**
 * A temporary credential without a memory of it: the token carries the claims, and the secret key is derived
 * from the token, so any process that shares the secret can verify it.
 */
export function issueCredential(secrets: Secrets, request: CredentialRequest, nowMs: number): Credential {
  const own = userPrefix(request.app, request.user);
  const prefix = request.keyPrefix ?? own;
  if (!prefix.startsWith(own)) throw new RangeError('A key prefix must lie within the keys of its user.');
  const claims: Claims = {
    app: request.app,
    user: request.user,
    prefix,
    maxBytes: request.maxBytes,
    startMs: nowMs,
    endMs: request.expiresAtMs,
    actions: [...(request.actions ?? ['write', 'read'])],
    ...(request.contentTypes === undefined ? {} : { contentTypes: [...request.contentTypes] }),
    ...(request.exact && { exact: true }),
  };
  const token = seal(secrets, 'credential', claims);
  if (token.length > PROTOCOL.tokenBytes) throw new RangeError('The claims of a credential are too long.');
  const payload = token.slice(0, token.indexOf('.'));
  return {
    TmpSecretId: keyedDigest(secrets[0], 'secret-id', payload),
    TmpSecretKey: keyedDigest(secrets[0], 'secret-key', payload),
    SecurityToken: token,
    XCosSecurityToken: token,
    StartTime: Math.floor(nowMs / 1000),
    ExpiredTime: Math.floor(request.expiresAtMs / 1000),
  };
}

export type OpenedCredential = { claims: Claims; secretKey: string };

/** The claims of a security token that is ours and still good, with the secret key its holder signs with. */
export function openCredential(
  secrets: Secrets,
  { token, secretID, nowMs }: { token: string; secretID: string; nowMs: number },
): OpenedCredential {
  const opened = token.length > PROTOCOL.tokenBytes ? undefined : unseal(secrets, 'credential', token);
  if (opened === undefined) throw new ObjectError('invalidToken');
  const expectedID = keyedDigest(opened.secret, 'secret-id', opened.payload);
  if (!equalText(expectedID, secretID)) throw new ObjectError('unknownSecretID');
  const claims = v.parse(claimsSchema, opened.claims);
  if (claims.endMs <= nowMs) throw new ObjectError('requestExpired');
  return { claims, secretKey: keyedDigest(opened.secret, 'secret-key', opened.payload) };
}
