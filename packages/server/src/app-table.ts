import { type AppSettings, forbiddenWords, ImError } from '@sterna/core';
import type { AppConfiguration } from './config/settings.ts';

/** The apps of this server, as its parts ask for them. */
export interface AppTable {
  readonly apps: readonly AppConfiguration[];
  readonly secretKeys: ReadonlyMap<number, readonly string[]>;
  settings(app: number): AppSettings;
}

export function createAppTable(apps: readonly AppConfiguration[]): AppTable {
  const settings = new Map<number, AppSettings>(apps.map((app) => [app.SDKAppID, settingsOf(app)]));
  return {
    apps,
    secretKeys: new Map(apps.map((app) => [app.SDKAppID, app.secretKeys])),
    settings(app) {
      const found = settings.get(app);
      if (found === undefined) throw new ImError('appNotFound');
      return found;
    },
  };
}

function settingsOf(app: AppConfiguration): AppSettings {
  const { words = [], action = 'refuse' } = app.forbiddenWords ?? {};
  const forbidden = forbiddenWords(words, action);
  return {
    loginPolicy: { mode: app.loginPolicy, instances: app.instances },
    profileCustomFields: app.profileCustomFields,
    friendCustomFields: app.friendCustomFields,
    hidesBlocks: app.hidesBlocks,
    friendsOnly: app.friendsOnly,
    invitationsNeedConsent: app.invitationsNeedConsent,
    recallWindowMs: app.recallWindowSeconds * 1000,
    rooms: app.liveRooms,
    ...(forbidden && { forbiddenWords: forbidden }),
  };
}
