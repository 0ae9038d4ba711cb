import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObjectService, type ObjectServiceOptions, type RunningObjectService } from '@sterna/objects';

export type ObjectHost = {
  service: RunningObjectService;
  port: number;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A real object service on a free port, with a directory of its own that goes with it. */
export async function startObjectHost(options: Partial<ObjectServiceOptions> = {}): Promise<ObjectHost> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sterna-objects-'));
  const service = await createObjectService({
    dataDir,
    secrets: ['a secret of the browser tests'],
    ...options,
  });
  const port = await service.listen(0, '127.0.0.1');
  return {
    service,
    port,
    [Symbol.asyncDispose]: async () => {
      await service.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

const HOUR_MS = 3_600_000;

/** What the SDK's `getAuthorization` is answered with. */
export function credentialFor({ service }: ObjectHost, user: string) {
  return service.issueCredential({
    app: '1',
    user,
    maxBytes: 100 * 1024 * 1024,
    expiresAtMs: Date.now() + HOUR_MS,
  });
}
