import type { RemindType } from '../../types/values.ts';

/** Whether I want to be reminded: absent on the wire while nothing else was chosen. */
export function remindTypeOf(value = 'AcceptAndNotify'): RemindType {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server stores what this SDK, or one like it, has sent
  return value as RemindType;
}
