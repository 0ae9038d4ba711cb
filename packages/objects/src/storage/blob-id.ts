import { Buffer } from 'node:buffer';
import type { Random } from '../ports.ts';

/** 160 random bits in hex: a file name on every system, and never one a user chose. */
export function newBlobID(random: Random): string {
  return Buffer.from(random.bytes(20)).toString('hex');
}

/** 128 random bits: whoever has it may continue that upload, within the scope of a credential. */
export function newUploadID(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex');
}
