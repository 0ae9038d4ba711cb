import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * The least that takes an upload to a disk: what the service is measured against. It knows nobody and checks nothing. As it comes it
 * answers when the bytes are with the operating system; a durable one answers when a power cut would take nothing of the file any more:
 * bytes flushed, then named, then the name flushed.
 */
const [directory = '.', durable = 'false'] = process.argv.slice(2);
const flush = durable === 'true';
let count = 0;

const server = createServer((request, response) => {
  count += 1;
  const path = join(directory, `bare-${count}`);
  pipeline(request, createWriteStream(flush ? `${path}.part` : path, { flush }))
    .then(() => (flush ? name(path) : undefined))
    .then(
      () => response.end(),
      () => response.destroy(),
    );
});

async function name(path: string): Promise<void> {
  await rename(`${path}.part`, path);
  const names = await open(directory, 'r');
  await names.sync();
  await names.close();
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') console.log(JSON.stringify({ port: address.port }));
});
