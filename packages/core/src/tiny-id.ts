import { KEPT } from './keys.ts';
import { remembered } from './remembered.ts';

/**
 * The user's number as a string, as message IDs begin with it: `${tinyID}-${clientTime}-${random}`.
 * Derived from the userID, so that no counter has to be read: 53 bits of a well-mixed hash. Uniqueness of a message rests on
 * (sender, clientID) in the store, never on this.
 */
export const tinyIDOf = remembered(KEPT.users, makeTinyID);

function makeTinyID(userID: string): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let index = 0; index < userID.length; index++) {
    const unit = userID.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return String(0x2000_0000_0000 + (0x1_0000_0000 * (0xf_ffff & low) + (high >>> 0)));
}
