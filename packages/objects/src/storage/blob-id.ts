import { Buffer } from 'node:buffer';
import type { Clock, Random } from '../ports.ts';

const MINUTE_MS = 60_000;

/**
 * 152 random bits in hex: a file name on every system, and never one a user chose. Before them stands the minute, and so the folder
 * of a blob on a disk: those that come at the same time share it, and one flush of it names them all.
 */
export function newBlobID({ random, clock }: { random: Random; clock: Pick<Clock, 'nowMs'> }): string {
  const minute = Math.floor(clock.nowMs() / MINUTE_MS) & 0xff;
  return Buffer.from([minute, ...random.bytes(19)]).toString('hex');
}

/** 128 random bits: whoever has it may continue that upload, within the scope of a credential. */
export function newUploadID(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex');
}
