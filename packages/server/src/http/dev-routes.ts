import { LIMITS } from '@sterna/protocol';
import { Hono } from 'hono';
import type { DemoUser } from '../dev/demo-users.ts';
import { onlyLocalPages, type PeerEnv } from './peer.ts';

/** What the development routes give away: signatures for anybody who asks on this machine. */
export interface DevAccounts {
  SDKAppID: number;
  users: readonly DemoUser[];
  sign(userID: string): string;
}

const USER_ID = new RegExp(`^[\\x20-\\x7e]{1,${LIMITS.userIDBytes}}$`);

/** Mounted in development mode only. */
export function devRoutes({ SDKAppID, users, sign }: DevAccounts): Hono<PeerEnv> {
  const routes = new Hono<PeerEnv>();
  routes.use('/dev/*', onlyLocalPages);
  // Beside the chat app, where a file of this name says in production that there are none.
  routes.on('GET', ['/demo-users.json', '/pages/demo-users.json'], onlyLocalPages, (context) =>
    context.json({ users }),
  );
  routes.get('/dev/usersig', (context) => {
    const userID = context.req.query('userID') ?? '';
    if (USER_ID.test(userID)) return context.json({ SDKAppID, userSig: sign(userID) });
    return context.json(
      { error: `userID must be 1 to ${LIMITS.userIDBytes} printable ASCII characters` },
      400,
    );
  });
  return routes;
}
