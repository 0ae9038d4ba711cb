import type { MessageElement } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import type { Objects } from '../ports/objects.ts';

/** A URL in a message; with a size, it is the file itself and not a picture of it. */
interface NamedFile {
  url: string;
  size?: number;
}

/** Whether a message has elements that name files, without looking into them. */
export function namesFiles(elements: readonly { type: string }[]): boolean {
  return elements.some(({ type }) => FILE_TYPES.has(type));
}

const FILE_TYPES: ReadonlySet<string> = new Set<MessageElement['type']>([
  'TIMImageElem',
  'TIMSoundElem',
  'TIMVideoFileElem',
  'TIMFileElem',
]);

/**
 * A URL in a message points to whole bytes of the size that it says. The link is its own proof that the sender may pass it on: they
 * uploaded the file, or were sent it. Any other address is refused: it would tell its owner who reads, and may show something else
 * tomorrow.
 */
export async function requireFiles(
  { objects }: Pick<CoreDeps, 'objects'>,
  actor: Actor,
  { conversationID, elements }: { conversationID: string; elements: readonly MessageElement[] },
): Promise<void> {
  if (objects === undefined) return;
  const keys = new Set<string>();
  for (const named of elements.flatMap(filesOf)) keys.add(await requireFile(objects, actor, named));
  for (const key of await mergedFiles(objects, actor, elements)) keys.add(key);
  const log = conversationLog(actor.app, actor.userID, parseConversationID(conversationID));
  // A file that goes between the two is found here: what a message names is kept, or the message is refused.
  if ((await objects.keep([...keys], log)) < keys.size) throw new ImError('fileNotFound');
}

/** Those inside merged messages that the sender may pass on; where a link is enough, nobody has to know of them. */
async function mergedFiles(
  { readers, keyOfLink, stat }: Objects,
  { app, userID }: Actor,
  elements: readonly MessageElement[],
): Promise<string[]> {
  if (readers === undefined) return [];
  const merged = elements.filter(({ type }) => type === 'TIMRelayElem');
  const keys = new Set(textsOf(merged).flatMap((text) => keyOfLink(text) ?? []));
  const found: string[] = [];
  for (const key of keys)
    if ((await stat(key)) !== undefined && (await readers.mayRead(app, userID, key))) found.push(key);
  return found;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('http') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

async function requireFile(
  objects: Objects,
  { app, userID }: Actor,
  { url, size }: NamedFile,
): Promise<string> {
  const key = objects.keyOfLink(url);
  if (key === undefined) throw new ImError('fileForbidden', 'not a link of this server');
  const file = await objects.stat(key);
  if (file === undefined) throw new ImError('fileNotFound');
  if (file.app !== app) throw new ImError('fileForbidden');
  if (size !== undefined && size !== file.size) {
    throw new ImError('fileUnreadable', `${file.size} bytes, not ${size}`);
  }
  // Whoever has left a conversation may not let themselves into its files by saying them somewhere else.
  if ((await objects.readers?.mayRead(app, userID, key)) === false) throw new ImError('fileForbidden');
  return key;
}

function filesOf(element: MessageElement): NamedFile[] {
  switch (element.type) {
    case 'TIMImageElem': {
      const [original, ...renditions] = element.payload.imageInfoArray;
      if (original === undefined) throw new ImError('fileNotFound', 'the image has no URL');
      return [original, ...renditions.map(({ url }) => ({ url }))];
    }
    case 'TIMSoundElem':
      return [element.payload];
    case 'TIMFileElem':
      return [{ url: element.payload.fileUrl, size: element.payload.fileSize }];
    case 'TIMVideoFileElem': {
      const { videoUrl, videoSize, snapshotUrl, thumbUrl = '' } = element.payload;
      const pictures = [snapshotUrl, thumbUrl].filter((url) => url !== '');
      return [{ url: videoUrl, size: videoSize }, ...pictures.map((url) => ({ url }))];
    }
    default:
      return [];
  }
}
