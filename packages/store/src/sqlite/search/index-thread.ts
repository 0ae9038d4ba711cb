import { parentPort, workerData } from 'node:worker_threads';
import { IndexFile } from './index-file.ts';
import type { Question } from './search-index.ts';

/** Runs in a thread of its own: taking words in, and looking through them, must not hold up the messages. */
if (parentPort === null) throw new Error('This module is the body of a worker thread.');
const port = parentPort;
const file = new IndexFile(String(workerData));

function answer(question: Question): unknown {
  switch (question[0]) {
    case 'place':
      return file.place();
    case 'followed':
      return file.followed(question[1]);
    case 'apply':
      return file.apply(question[1]);
    case 'messages':
      return file.messages(question[1]);
    case 'named':
      return file.named(question[1]);
    case 'close':
      file.close();
      return undefined;
  }
}

port.on('message', ([id, question]: [number, Question]) => {
  try {
    port.postMessage([id, answer(question)]);
  } catch (error) {
    port.postMessage([id, undefined, error instanceof Error ? error.message : String(error)]);
  }
  if (question[0] === 'close') port.close();
});
port.postMessage('ready');
