import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** The real SDKs, as npm delivers them. */
export const COS_JS = {
  today: require.resolve('cos-js-sdk-v5/dist/cos-js-sdk-v5.min.js'),
  of2020: require.resolve('cos-js-sdk-v5-2020/dist/cos-js-sdk-v5.min.js'),
} as const;

/** A page on an origin of its own, with one script and named bodies to upload. */
export async function startPageHost(
  script: string | URL,
  bodies: Readonly<Record<string, Uint8Array>>,
): Promise<{ url: string; close(): Promise<void> }> {
  const file = typeof script === 'string' ? script : fileURLToPath(script);
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const body = bodies[name];
    if (name === '') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>page</title><script src="/sdk.js"></script>');
    } else if (name === 'sdk.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      createReadStream(file).pipe(response);
    } else if (body !== undefined) {
      response.end(body);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
