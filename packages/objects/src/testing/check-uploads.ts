import { createHash } from 'node:crypto';
import { createObjectService } from '../adapters/create-object-service.ts';
import { openInlineIndex } from '../adapters/sqlite/inline-index.ts';
import { join } from 'node:path';
import { noMedia, readBody, SECRET } from './memory-service.ts';
import type { UploadLine } from './upload-lines.ts';

/**
 * Opens the data of a service that its process did not close, and says everything that is wrong with it: an upload that was
 * acknowledged and is missing, or one of any kind that is there and not what was sent. Empty when all is well.
 */
export async function wrongWithUploads(dataDir: string, lines: readonly UploadLine[]): Promise<string[]> {
  const problems: string[] = [];
  const acked = new Set(lines.flatMap((line) => (line.acked ? [line.key] : [])));
  const sent = new Map(lines.map(({ key, sha256 }) => [key, sha256]));
  await using service = await createObjectService({
    dataDir,
    secrets: [SECRET],
    publicURL: 'http://files.example.org',
    ports: { media: noMedia, index: openInlineIndex(join(dataDir, 'index.db')) },
  });
  for (const [key, sha256] of sent) {
    const found = await digestOf(service, key);
    if (found === undefined && acked.has(key)) problems.push(`${key} was acknowledged and is gone`);
    if (found !== undefined && found !== sha256)
      problems.push(`${key} is there and not what was sent: ${found}`);
  }
  return problems;
}

/** Reads an object as its receiver would; undefined when there is none. */
async function digestOf(
  service: Awaited<ReturnType<typeof createObjectService>>,
  key: string,
): Promise<string | undefined> {
  const { pathname, search } = new URL(service.signGetURL(key, Date.now() + 60_000));
  const body = (async function* (): AsyncGenerator<Uint8Array> {})();
  const headers = { host: 'files.example.org' };
  const response = await service.answer({ method: 'GET', target: pathname + search, headers, body });
  try {
    const bytes = await readBody(response);
    if (response.status === 404) return undefined;
    return response.status === 200
      ? createHash('sha256').update(bytes).digest('hex')
      : `status ${response.status}`;
  } catch (error) {
    return String(error);
  } finally {
    response.release?.();
  }
}
