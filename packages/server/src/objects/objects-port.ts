import { type Clock, type FileKind, ImError, type Objects, type Store } from '@sterna/core';
import { ObjectError, type Limits, type ObjectService } from '@sterna/objects';
import { createAvatars } from './avatars.ts';
import { createFileReaders } from './file-readers.ts';

/** What the server asks of the service; its sockets and its garbage are its own. */
type Service = Pick<
  ObjectService,
  | 'avatarsOf'
  | 'conversationsOf'
  | 'describeImage'
  | 'describeVideo'
  | 'isAvatar'
  | 'isKeyOf'
  | 'issueCredential'
  | 'issueReaderToken'
  | 'keep'
  | 'keepAvatar'
  | 'keyOfURL'
  | 'newKey'
  | 'offer'
  | 'releaseAvatars'
  | 'signGetURL'
  | 'signPutURL'
  | 'stat'
>;

/** Long enough for a hundred megabytes over a phone's uplink; an upload that takes longer asks for another. */
const GRANT_MS = 30 * 60 * 1000;
const DAY_MS = 24 * 3600 * 1000;
/** Of a link's life: how long it stays the same when it is made again. */
const LINK_STEP = 0.25;

/** What can be opened and shown; of anything else no thumbnail could be made. By the bytes, whatever the name says. */
const IMAGES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp'];

const TYPES: Readonly<Partial<Record<FileKind, readonly string[]>>> = { image: IMAGES, video: ['video/*'] };

const BOUNDS = {
  image: 'imageBytes',
  audio: 'audioBytes',
  video: 'videoBytes',
  file: 'fileBytes',
} as const satisfies Record<FileKind, keyof Limits>;

/** COS has the app in the bucket's name, and its SDKs insist on the form. The region is what they print, no more. */
const bucketOf = (app: number): string => `sterna-${app}`;
const REGION = 'local';

/** Puts the object service behind the core's port. */
export function createObjectsPort(
  service: Service,
  clock: Clock,
  {
    linkDays,
    membersOf,
  }: { linkDays: number; /** Where only members of a conversation read its files. */ membersOf?: Store },
): Objects {
  const lifeMs = linkDays * DAY_MS;
  /** The same for a while, so that a browser knows what it has; good for all of its days from any moment of that while. */
  const endMs = (): number => {
    const stepMs = lifeMs * LINK_STEP;
    return Math.ceil(clock.nowMs() / stepMs) * stepMs + lifeMs;
  };
  const link = (key: string): string => service.signGetURL(key, endMs());
  return {
    ...(membersOf && { readers: createFileReaders({ service, store: membersOf, endMs }) }),
    newKey: (app, userID, fileName) => service.newKey(String(app), userID, fileName).key,
    isKeyOf: (app, userID, key) => service.isKeyOf(String(app), userID, key),
    mostBytes: (kind) => service.offer.limits[BOUNDS[kind]],

    grant({ app, userID, key, kind, size }) {
      const claims = {
        app: String(app),
        user: userID,
        maxBytes: size,
        exact: true as const,
        expiresAtMs: clock.nowMs() + GRANT_MS,
        ...(TYPES[kind] !== undefined && { contentTypes: TYPES[kind] }),
      };
      const { XCosSecurityToken: _, ...credential } = service.issueCredential({ ...claims, keyPrefix: key });
      const putURL = service.signPutURL({ ...claims, key });
      const token = new URL(putURL).searchParams.get('upload') ?? '';
      const { publicURL: url } = service.offer;
      return { bucket: bucketOf(app), region: REGION, url, credential, putURL, token };
    },

    async stat(key) {
      const facts = await service.stat(key);
      return facts && { app: Number(facts.app), userID: facts.owner, size: facts.size };
    },

    async images(key) {
      try {
        const { imageFormat, entries } = await service.describeImage(key);
        return { format: imageFormat, pictures: entries };
      } catch (error) {
        return unlessLasting(error, 'notAnImage', 'imageTooLarge', 'imageFailed');
      }
    },

    async snapshot(key) {
      try {
        return await service.describeVideo(key);
      } catch (error) {
        return unlessLasting(error, 'notImplemented', 'notAVideo', 'videoFailed');
      }
    },

    link,
    keyOfLink: (url) => service.keyOfURL(url),
    renew(url) {
      // The service may have moved since the link was stored.
      const key = service.keyOfURL(url, true);
      // Behind the signature stands which rendition it is.
      return key === undefined ? url : link(key) + (/&signature=[^&]*(&.*)$/.exec(url)?.[1] ?? '');
    },
    keep: (keys, log) => service.keep(keys, log),
    avatars: createAvatars(service),
  };
}

/** What is so of these bytes for ever is an answer; a queue that is full may have room the next time. */
function unlessLasting(error: unknown, ...lasting: readonly ObjectError['reason'][]): undefined {
  if (!(error instanceof ObjectError)) throw error;
  if (lasting.includes(error.reason)) return undefined;
  if (error.reason === 'slowDown') throw new ImError('tooFrequent', error.message, { cause: error });
  if (error.reason === 'noSuchKey') throw new ImError('fileNotFound', undefined, { cause: error });
  throw error;
}
