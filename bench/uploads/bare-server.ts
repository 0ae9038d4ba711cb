import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The least that takes an upload to a disk: what the service is measured against. It knows nobody and checks nothing. */
const [directory = '.', flush = 'false'] = process.argv.slice(2);
let count = 0;

const server = createServer((request, response) => {
  count += 1;
  const file = createWriteStream(join(directory, `bare-${count}`), { flush: flush === 'true' });
  pipeline(request, file).then(
    () => response.end(),
    () => response.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') console.log(JSON.stringify({ port: address.port }));
});
