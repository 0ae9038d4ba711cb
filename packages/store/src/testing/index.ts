export { freshDatabase } from '../postgres/testing/fresh-database.ts';
export { wrongWith } from './check-acked.ts';
export { type Acked, ackedIn, type WriterSettings } from './writer-lines.ts';
