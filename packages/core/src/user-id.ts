import { LIMITS } from '@sterna/protocol';

const PRINTABLE = /^[\x20-\x7e]+$/;

/** Whether somebody could be called so. */
export const isUserID = (text: string): boolean => text.length <= LIMITS.userIDBytes && PRINTABLE.test(text);
