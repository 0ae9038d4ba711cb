import type { RequestOf } from '@sterna/protocol';
import { ImError, sdkError } from '../../errors.ts';
import { factsOf } from '../../messages/local-file.ts';
import { property, toText } from '../../messages/values.ts';
import type { Files } from '../../platform/files.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Message } from '../../types/message.ts';
import type { LocalFile, VideoPayload } from '../../types/payload.ts';
import type { EngineContext, EngineModuleFactory } from '../engine-module.ts';
import { chooseCarrier, type Grant, type Transfer } from './transfer.ts';
import { describeSnapshot, describeUploaded, type Uploaded, type UploadedPicture } from './uploaded.ts';

type Kind = RequestOf<'upload.begin'>['kind'];

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['TIMImageElem', 'image'],
  ['TIMSoundElem', 'audio'],
  ['TIMVideoFileElem', 'video'],
  ['TIMFileElem', 'file'],
]);

/** "The upload failed", as the published codes number it by kind. */
const FAILED = { image: 2250, audio: 2300, video: 2350, file: 2400 } as const;

/** The server makes an image's renditions while this waits. */
const FINISH_DEADLINE_MS = 60_000;
/** A request that begins now must still be good when it arrives. */
const RENEW_BEFORE_MS = 60_000;

/** What ends uploads early, and what they tell meanwhile. */
interface Watch {
  progress(fraction: number): void;
  onStop(stop: () => void): void;
}

/** Brings the files of messages to the server before the messages go. `files` is what the host can do by itself. */
export function createUploads(files: Files): EngineModuleFactory {
  return (context) => {
    const running = new Set<(error: ImError) => void>();
    const sender = createSender(context, files);
    context.upload = (message, signal) =>
      new Promise((resolve, reject) => {
        const stops: (() => void)[] = [];
        const end = (error?: ImError): void => {
          running.delete(end);
          signal?.removeEventListener('abort', aborted);
          if (!error) return resolve();
          stops.forEach((stop) => stop());
          reject(error);
        };
        const aborted = (): void => end(sdkError(SDK_ERRORS.uploadAborted));
        const watch: Watch = {
          onStop: (stop) => void stops.push(stop),
          progress: (fraction) => tell(message, fraction, end),
        };
        running.add(end);
        signal?.addEventListener('abort', aborted);
        if (signal?.aborted) return aborted();
        sender(message, watch).then(() => end(), end);
      });
    return {
      methods: {},
      onLogout: () =>
        running.forEach((end) => end(sdkError(SDK_ERRORS.notLoggedIn, 'logged out during the upload'))),
    };
  };
}

/** An application's handler that throws fails its message, and nothing else. */
function tell(message: Message, fraction: number, fail: (error: ImError) => void): void {
  const onProgress = property(message, 'onProgress');
  if (typeof onProgress !== 'function') return;
  try {
    Reflect.apply(onProgress, undefined, [fraction]);
  } catch (error) {
    fail(sdkError(SDK_ERRORS.callbackFailed, String(error)));
  }
}

function createSender(context: EngineContext, files: Files) {
  const { request, plugins, nowMs, logger, options } = context;
  /** What an upload that failed had arrived of is under its key: the next attempt goes on there. */
  const keys = new WeakMap<LocalFile, string>();

  async function send(
    kind: Kind,
    file: LocalFile,
    watch: Watch,
  ): Promise<{ key: string; uploaded: Uploaded }> {
    const { name, path, size: told } = factsOf(file);
    const size = told || (await files.size(path));
    const begin = (key?: string): Promise<Grant> =>
      request('upload.begin', { kind, size, name, ...(key && { key }) });
    let grant = await begin(keys.get(file));
    const { key } = grant;
    keys.set(file, key);
    const transfer: Transfer = {
      ...watch,
      file,
      path,
      size,
      grant,
      async renew() {
        if (grant.expiresMs - nowMs() < RENEW_BEFORE_MS) grant = await begin(key);
        return grant;
      },
    };
    await chooseCarrier(plugins.get, files)
      .carry(transfer)
      .catch((error: unknown) => {
        throw new ImError(FAILED[kind], `The upload failed: ${reasonOf(error)}`);
      });
    const uploaded = await request('upload.finish', { kind, key }, { deadlineMs: FINISH_DEADLINE_MS });
    keys.delete(file);
    return { key, uploaded };
  }

  /** The one that the server took, or that came with the file, or that this host takes: a video goes without one, too. */
  async function snapshotOf(
    payload: VideoPayload,
    file: LocalFile,
    watch: Watch,
  ): Promise<UploadedPicture | undefined> {
    const { thumbPath } = factsOf(file);
    const facts = thumbPath ? { picture: { path: thumbPath } } : await files.look(file);
    if (facts && 'seconds' in facts) payload.videoSecond ||= Math.round(facts.seconds);
    if (!facts?.picture) return undefined;
    const silent = { ...watch, progress: () => undefined };
    const { uploaded } = await send('image', facts.picture, silent);
    return uploaded.images?.pictures[0];
  }

  return async (message: Message, watch: Watch): Promise<void> => {
    const { payload, type } = message;
    const kind = KINDS.get(type);
    if (!kind || !('file' in payload) || !payload.file) return;
    if (options.useUploadPlugin && !chooseCarrier(plugins.get, files).isPlugin)
      throw sdkError(SDK_ERRORS.noUploader);
    const { file } = payload;
    const { key, uploaded } = await send(kind, file, watch);
    if (message.type === 'TIMVideoFileElem') {
      const picture =
        uploaded.snapshot ??
        (await snapshotOf(message.payload, file, watch).catch((error: unknown) =>
          logger.warn('The video goes without a picture', { cause: String(error) }),
        ));
      describeSnapshot(message.payload, picture || undefined);
    }
    describeUploaded(message, key, uploaded);
    watch.progress(1);
  };
}

/** The COS SDKs say why in one of several places, by their versions. */
function reasonOf(error: unknown): string {
  const inner = property(error, 'error') ?? error;
  return toText(property(inner, 'Code') ?? property(inner, 'message') ?? property(inner, 'Message') ?? inner);
}
