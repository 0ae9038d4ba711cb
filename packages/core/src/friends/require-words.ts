import { LIMITS, utf8Bytes } from '@sterna/protocol';
import { ImError } from '../errors.ts';

/** What users write about their friends; none of it need be there. */
export interface Words {
  wording?: string | undefined;
  remark?: string | undefined;
  custom?: Readonly<Record<string, string>> | undefined;
  groupName?: string | undefined;
}

/** Each within its bound, and no group without a name. */
export function requireWords({ wording, remark, custom = {}, groupName }: Words): void {
  requireBytes('wording', wording, LIMITS.friendWordingBytes);
  requireBytes('remark', remark, LIMITS.friendRemarkBytes);
  for (const [field, value] of Object.entries(custom))
    requireBytes(field, value, LIMITS.friendCustomValueBytes);
  requireBytes('the name of a friend group', groupName, LIMITS.friendGroupNameBytes);
  if (groupName === '') throw new ImError('relationInvalid', 'a friend group has a name');
}

function requireBytes(what: string, value: string | undefined, maxBytes: number): void {
  if (value !== undefined && utf8Bytes(value) > maxBytes)
    throw new ImError('relationInvalid', `${what}: ${maxBytes} bytes at most`);
}
