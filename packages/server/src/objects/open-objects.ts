import { createObjectService, type MayRead, type RunningObjectService } from '@sterna/objects';
import { folderInUse, isHeldByAnother, portChosenBy, StartFailure } from '../adapters/start-failure.ts';
import type { Settings } from '../config/settings.ts';
import type { Log } from '../logger.ts';

/** An upload that no message came to name is collected after this: a person who has a photo ready may think it over. */
const UNSENT_MS = 24 * 3600 * 1000;

interface ObjectsOptions {
  settings: Settings;
  objects: NonNullable<Settings['objects']>;
  folder: string;
  secret: string;
  /** Pages that may ask; none named is every one, because signatures decide. */
  allowedOrigins: readonly string[];
  /** Decides downloads where a link is not enough. */
  mayRead?: MayRead;
  log: Log;
}

/** Starts the service of files on its own port, in a folder of its own. */
export async function openObjects(options: ObjectsOptions): Promise<RunningObjectService> {
  const { settings, objects, folder, secret, allowedOrigins, mayRead, log } = options;
  requireReachable(settings, objects);
  requireAlone(settings);
  const service = await openService(settings.data, {
    dataDir: folder,
    secrets: [secret],
    unkeptAgeMs: UNSENT_MS,
    limits: { userBytes: objects.userBytes, diskReserveBytes: objects.diskReserveBytes },
    ports: { log: { warn: (event, { error }) => log.warn(event, { error }) } },
    ...(objects.publicURL !== undefined && { publicURL: objects.publicURL }),
    ...(allowedOrigins.length > 0 && { allowedOrigins }),
    ...(mayRead && { mayRead }),
  });
  try {
    await portChosenBy('OBJECTS_PORT', service.listen(objects.port, settings.host));
  } catch (error) {
    await service.close();
    throw error;
  }
  return service;
}

/** In production the links in messages must lead somewhere from other machines too. */
function requireReachable({ mode, host }: Settings, { publicURL }: NonNullable<Settings['objects']>): void {
  if (mode === 'development' || publicURL !== undefined || (host !== '0.0.0.0' && host !== '::')) return;
  throw new StartFailure(
    `files need STERNA_OBJECTS_URL, as clients cannot reach them at ${host}: say where they can.`,
  );
}

/** Each process would sign its own links and keep its own files: a message of one could not name a file of another. */
function requireAlone({ natsURL }: Settings): void {
  if (natsURL === undefined) return;
  throw new StartFailure('files are kept by one process: run without OBJECTS_PORT where NATS joins several.');
}

async function openService(
  data: string,
  options: Parameters<typeof createObjectService>[0],
): Promise<RunningObjectService> {
  try {
    return await createObjectService(options);
  } catch (error) {
    if (isHeldByAnother(error)) throw folderInUse(data, error);
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new StartFailure(`the files cannot be opened: ${reason}.`, { cause: error });
  }
}
