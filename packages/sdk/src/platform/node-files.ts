import type { Files } from './files.ts';

/** Node 22 and later, with its global `fetch`: the bytes in one request, and no look into them. */
export const nodeFiles: Files = {
  async send({ file, grant, progress, onStop }) {
    if (!(file instanceof Blob)) throw new TypeError('not a File or Blob');
    const ending = new AbortController();
    onStop(() => ending.abort());
    const answer = await fetch(grant.putURL, { method: 'PUT', body: file, signal: ending.signal });
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
    progress(1);
  },
};
