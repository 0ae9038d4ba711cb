import { type Avatars, ImError } from '@sterna/core';
import type { ObjectService } from '@sterna/objects';
import { createPresentLinks } from './present-links.ts';

type Service = Pick<
  ObjectService,
  'avatarsOf' | 'isAvatar' | 'keepAvatar' | 'keyOfURL' | 'offer' | 'releaseAvatars' | 'signGetURL'
>;

/** The last second of the year 9999: an application may keep what it was shown as long as it likes. */
const FOR_GOOD_MS = Date.UTC(10_000, 0) - 1000;
/** By it an avatar's link is known before anything is verified. */
const MARK = `?expires=${FOR_GOOD_MS / 1000}&signature=`;

/** What places show, kept from the collector. Files are kept by one process, so a change waits here for the one before it. */
export function createAvatars(service: Service): Avatars {
  const turns = new Map<string, Promise<unknown>>();

  async function show<Reply>(
    place: string,
    key: string | undefined,
    change: () => Promise<Reply>,
  ): Promise<Reply> {
    const before = await service.avatarsOf(place);
    // First kept, then shown, then the others released: wherever that breaks off, what is shown is there.
    if (key !== undefined && !(await service.keepAvatar(place, key))) throw new ImError('fileNotFound');
    try {
      const reply = await change();
      await service.releaseAvatars(
        place,
        before.filter((shown) => shown !== key),
      );
      return reply;
    } catch (error) {
      // What failed for another reason than a refusal may have happened: the next change looks again.
      if (error instanceof ImError && key !== undefined && !before.includes(key))
        await service.releaseAvatars(place, [key]);
      throw error;
    }
  }

  const link = (key: string): string => service.signGetURL(key, FOR_GOOD_MS);
  const keyOfLink = (url: string): string | undefined =>
    url.includes(MARK) ? service.keyOfURL(url, true) : undefined;

  return {
    link,
    keyOfLink,
    withPresentLinks: createPresentLinks({
      mark: MARK,
      address: () => service.offer.publicURL,
      renew(url) {
        const key = keyOfLink(url);
        return key === undefined ? url : link(key);
      },
    }),
    isShown: (app, key) => service.isAvatar(String(app), key),
    async showing(place, key, change) {
      const previous = turns.get(place);
      const mine = Promise.allSettled([previous]).then(() => show(place, key, change));
      turns.set(place, mine);
      try {
        return await mine;
      } finally {
        if (turns.get(place) === mine) turns.delete(place);
      }
    },
  };
}
