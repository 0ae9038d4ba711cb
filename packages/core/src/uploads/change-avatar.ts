import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import type { Objects } from '../ports/objects.ts';

/**
 * A change that may set what a place shows: `change` is given the address to store, if there is one. A file of this server is kept as long as it is
 * shown, under a link that does not run out; any other address is stored as it is.
 */
export async function changeAvatar<Reply>(
  { objects }: Pick<CoreDeps, 'objects'>,
  actor: Actor,
  { place, avatar }: { place: string; avatar: string | undefined },
  change: (shown: { avatar?: string }) => Promise<Reply>,
): Promise<Reply> {
  if (avatar === undefined) return change({});
  if (objects === undefined) return change({ avatar });
  const key = objects.keyOfLink(avatar) ?? objects.avatars.keyOfLink(avatar);
  if (key === undefined) return objects.avatars.showing(place, undefined, () => change({ avatar }));
  await requirePicture(objects, actor, key);
  return objects.avatars.showing(place, key, () => change({ avatar: objects.avatars.link(key) }));
}

/** One's own, or what others show already: a file of a conversation must not come to light for everybody by this. */
async function requirePicture(objects: Objects, { app, userID }: Actor, key: string): Promise<void> {
  if (!objects.isKeyOf(app, userID, key) && !(await objects.avatars.isShown(app, key)))
    throw new ImError('fileForbidden');
  const file = await objects.stat(key);
  if (file === undefined) throw new ImError('fileNotFound');
  if (file.size > LIMITS.avatarFileBytes)
    throw new ImError('fileTooLarge', `${file.size} bytes of at most ${LIMITS.avatarFileBytes}`);
  if ((await objects.images(key)) === undefined) throw new ImError('fileUnreadable', 'no image');
}
