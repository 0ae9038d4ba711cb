import { LIMITS, type Profile, type RequestOf, utf8Bytes } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { given } from '../given.ts';

type Wished = RequestOf<'profile.update'>['changes'];
type Changes = Partial<Omit<Profile, 'userID' | 'timeMs'>>;

/** The wished values, each held against what its field may hold. `customFields` names the custom fields that exist. */
export function acceptedChanges(wished: Wished, customFields: readonly string[]): Changes {
  if (Object.keys(wished).length === 0)
    throw new ImError('profileFieldUnknown', 'nothing that a profile has is to be changed');
  return given({
    nick: bounded('nick', wished.nick, LIMITS.nickBytes),
    avatar: bounded('avatar', wished.avatar, LIMITS.avatarBytes),
    selfSignature: bounded('selfSignature', wished.selfSignature, LIMITS.selfSignatureBytes),
    location: bounded('location', wished.location, LIMITS.locationBytes),
    gender: oneOf('gender', ['Gender_Type_Unknown', 'Gender_Type_Female', 'Gender_Type_Male'], wished.gender),
    allowType: oneOf(
      'allowType',
      ['AllowType_Type_AllowAny', 'AllowType_Type_NeedConfirm', 'AllowType_Type_DenyAny'],
      wished.allowType,
    ),
    adminForbidType: oneOf(
      'adminForbidType',
      ['AdminForbid_Type_None', 'AdminForbid_Type_SendOut'],
      wished.adminForbidType,
    ),
    birthday: uint32('birthday', wished.birthday),
    language: uint32('language', wished.language),
    messageSettings: uint32('messageSettings', wished.messageSettings),
    level: uint32('level', wished.level),
    role: uint32('role', wished.role),
    custom: customOf(wished.custom, customFields),
  });
}

function mistyped(field: string, type: 'text' | 'number'): never {
  throw new ImError('profileValueMistyped', `${field} is a ${type}`);
}

function bounded(field: string, value: unknown, maxBytes: number): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return mistyped(field, 'text');
  if (utf8Bytes(value) > maxBytes)
    throw new ImError('profileValueTooLong', `${field}: ${maxBytes} bytes at most`);
  return value;
}

/** An empty value stands for one that was never set: applications hand back whole profiles. */
function oneOf<const Choice extends string>(
  field: string,
  choices: readonly Choice[],
  value: unknown,
): Choice | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return mistyped(field, 'text');
  const choice = choices.find((one) => one === value);
  if (choice === undefined)
    throw new ImError('profileValueInvalid', `${field}: one of ${choices.join(', ')}`);
  return choice;
}

function uint32(field: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') return mistyped(field, 'number');
  if (value >>> 0 !== value) throw new ImError('profileValueInvalid', `${field}: a whole number below 2^32`);
  return value;
}

function customOf(
  custom: Wished['custom'],
  customFields: readonly string[],
): Record<string, string> | undefined {
  if (custom === undefined) return undefined;
  const accepted: Record<string, string> = {};
  for (const [field, value] of Object.entries(custom)) {
    if (!customFields.includes(field)) throw new ImError('profileFieldUnknown', field);
    accepted[field] = bounded(field, value, LIMITS.profileCustomValueBytes) ?? '';
  }
  return accepted;
}
