import { isSDKAppID, isSeconds } from './claims.ts';
import { MAX_U32 } from './limits.ts';

/** What a member may do in a room of the audio and video products. */
export type RoomPrivileges = {
  userID: string;
  SDKAppID: number;
  room: number | string;
  /** When the privileges end, in seconds since 1970. */
  expiresAtS: number;
  /** One bit for each right; 255 is all of them. */
  privileges: number;
};

/** The bytes that go into a UserSig as its `userBuf` to open one room. */
export function encodeUserBuf({ userID, SDKAppID, room, expiresAtS, privileges }: RoomPrivileges): Buffer {
  if (!isSDKAppID(SDKAppID)) throw new RangeError('The SDKAppID must be a positive 32-bit integer');
  if (!isSeconds(expiresAtS) || expiresAtS > MAX_U32)
    throw new RangeError('The end must fit 32 bits of seconds');
  const named = typeof room === 'string';
  return Buffer.concat([
    Buffer.of(named ? 1 : 0),
    counted(userID),
    ...[SDKAppID, named ? 0 : room, expiresAtS, privileges, 0].map(u32),
    ...(named ? [counted(room)] : []),
  ]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
