export { wrongWith } from './check-acked.ts';
export { type Acked, ackedIn, type WriterSettings } from './writer-lines.ts';
