import { startServer } from '@sterna/server/testing';
import { SDK_APP_ID, SECRET_KEY } from './app.ts';

/**
 * Sterna as it is run, on SQLite in a folder, with the limits of one client, and of a room, out of the way. The index for searches
 * works beside the way of the messages, and is no part of what a floor does: it is there when it is asked for.
 */
const server = await startServer({
  store: 'configured',
  data: process.env['STERNA_BENCH_DATA'] ?? 'data',
  app: {
    SDKAppID: SDK_APP_ID,
    liveRooms: { messagesPerSecond: 10_000, refusesExcess: false, guests: false, joined: 1, history: 20 },
    secretKeys: [SECRET_KEY],
  },
  config: {
    objects: { port: 0, userBytes: 1e12 },
    search: process.env['STERNA_BENCH_SEARCH'] === 'yes',
  },
  onFatal: (error) => {
    console.error(error);
    process.exit(1);
  },
});
console.log(JSON.stringify({ port: server.port }));
