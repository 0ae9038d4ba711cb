import { missingPostgres } from './services.ts';

/** Ends a run that needs the database before its tests fail one by one without saying why. */
export async function setup(): Promise<void> {
  const sentence = await missingPostgres();
  if (sentence !== undefined) throw new Error(sentence);
}
