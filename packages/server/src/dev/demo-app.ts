import * as v from 'valibot';
import { type AppConfiguration, appConfiguration } from '../config/settings.ts';

/** The SDKAppID of development mode. */
export const DEMO_APP_ID = 1_400_000_001;

/** The one app of development mode, with every setting at its default, but for guests: to try what they see. */
export function demoApp(secretKey: string): AppConfiguration {
  const liveRooms = { guests: true };
  return v.parse(appConfiguration, { SDKAppID: DEMO_APP_ID, secretKeys: [secretKey], liveRooms });
}
