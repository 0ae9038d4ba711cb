import { parentPort } from 'node:worker_threads';
import { Hashes } from '../../storage/inline-digester.ts';
import type { DigestCommand, DigestReply } from './thread-digester.ts';

/** Runs in a thread of its own: hashing a stream takes longer than receiving it. */
if (parentPort === null) throw new Error('This module is the body of a worker thread.');
const port = parentPort;
const running = new Map<number, Hashes>();

port.on('message', (command: DigestCommand) => {
  const { id } = command;
  if (command.do === 'begin') {
    running.set(id, new Hashes(command.choice));
    return;
  }
  const hashes = running.get(id);
  if (hashes === undefined) {
    // It was begun in a thread that ended: its body is lost, but not those of others.
    port.postMessage({ id, lost: true } satisfies DigestReply);
    return;
  }
  if (command.do === 'update') {
    hashes.update(command.bytes);
    port.postMessage({ id } satisfies DigestReply);
    return;
  }
  running.delete(id);
  if (command.do === 'finish') port.postMessage({ id, digests: hashes.finish() } satisfies DigestReply);
});
