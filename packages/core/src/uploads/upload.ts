import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import type { Objects, Picture } from '../ports/objects.ts';
import { verifySession } from '../sessions/require-session.ts';

/** The grant outlives the session that asked for it, so an ended one gets none. */
export async function beginUpload(
  deps: CoreDeps,
  actor: Actor,
  { kind, size, name, key: given }: RequestOf<'upload.begin'>,
): Promise<ReplyOf<'upload.begin'>> {
  const objects = requireObjects(deps);
  const { app, userID } = actor;
  await verifySession(deps, actor);
  const most = objects.mostBytes(kind);
  if (size > most) throw new ImError('fileTooLarge', `${size} bytes of at most ${most}`);
  if (given !== undefined) requireOwn(objects, actor, given);
  const key = given ?? objects.newKey(app, userID, name);
  const { credential, ...grant } = objects.grant({ app, userID, key, kind, size });
  return { key, ...grant, credential, expiresMs: credential.ExpiredTime * 1000 };
}

/** What a message about the file needs. Asking again gives the same, with newer links. */
export async function finishUpload(
  deps: CoreDeps,
  actor: Actor,
  { kind, key }: RequestOf<'upload.finish'>,
): Promise<ReplyOf<'upload.finish'>> {
  const objects = requireObjects(deps);
  await verifySession(deps, actor);
  requireOwn(objects, actor, key);
  const file = await objects.stat(key);
  if (file === undefined) throw new ImError('fileNotFound');
  const url = objects.link(key);
  const shown = (picture: Picture) => linked(url, picture);
  switch (kind) {
    case 'image': {
      const images = await objects.images(key);
      if (images === undefined) throw new ImError('fileUnreadable', 'no image, or one of too many pixels');
      const { format, pictures } = images;
      return { url, size: file.size, images: { format, pictures: pictures.map(shown) } };
    }
    case 'video': {
      const snapshot = await objects.snapshot(key);
      return { url, size: file.size, ...(snapshot && { snapshot: shown(snapshot) }) };
    }
    case 'audio':
    case 'file':
      return { url, size: file.size };
  }
}

function linked(url: string, { query, width, height, size }: Picture) {
  return { width, height, size, url: query === '' ? url : `${url}&${query}` };
}

function requireObjects({ objects }: CoreDeps): Objects {
  if (objects === undefined) throw new ImError('notSupported', 'this server keeps no files');
  return objects;
}

/** Of another user's file not even its being there is told. */
function requireOwn(objects: Objects, { app, userID }: Actor, key: string): void {
  if (!objects.isKeyOf(app, userID, key)) throw new ImError('fileForbidden');
}
