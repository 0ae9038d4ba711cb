export type { Claims } from './claims.ts';
export { FAILURE_CODES, type Failure, type FailureReason } from './failure.ts';
export { DEFAULT_EXPIRE_S, MAX_CLOCK_SKEW_S, MAX_USERSIG_LENGTH } from './limits.ts';
export { read, type ReadResult } from './read.ts';
export { sign, type SignRequest } from './sign.ts';
export { encodeUserBuf, type RoomPrivileges } from './user-buf.ts';
export { verify, type VerifyRequest, type VerifyResult } from './verify.ts';
