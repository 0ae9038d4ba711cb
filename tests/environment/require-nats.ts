import { missingNats } from './services.ts';

/** Ends a run that needs the bus before its tests fail one by one without saying why. */
export async function setup(): Promise<void> {
  const sentence = await missingNats();
  if (sentence !== undefined) throw new Error(sentence);
}
