import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { DEMO_PEOPLE } from './demo-world.ts';

/** Answers the development routes of a Sterna server, for working on the design with no server running. */
export function demoAccounts(): Plugin {
  const answer = (response: ServerResponse, body: unknown): void => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
  return {
    name: 'sterna-demo-accounts',
    configureServer: (server) => {
      server.middlewares.use('/demo-users.json', (_request: IncomingMessage, response: ServerResponse) =>
        answer(response, { users: DEMO_PEOPLE }),
      );
      server.middlewares.use('/dev/usersig', (_request: IncomingMessage, response: ServerResponse) =>
        answer(response, { SDKAppID: 1400000001, userSig: 'design' }),
      );
    },
  };
}
