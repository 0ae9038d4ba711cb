import { ImError, sdkError } from '../../errors.ts';
import { factsOf, pickFile } from '../../messages/local-file.ts';
import { property, toText } from '../../messages/values.ts';
import type { Files, VideoFacts } from '../../platform/files.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Message } from '../../types/message.ts';
import type { Abort } from '../../types/send.ts';
import type { LocalFile, VideoPayload } from '../../types/payload.ts';
import type { EngineContext, EngineModuleFactory } from '../engine-module.ts';
import { carrierOf, type Grant } from './transfer.ts';
import { describeSnapshot, describeUploaded, type MediaMessage, type Uploaded } from './uploaded.ts';

/** The order is that of the codes for "the upload failed": 2250, and 50 more for each. */
const KINDS = ['image', 'audio', 'video', 'file'] as const;
const TYPES: readonly string[] = ['TIMImageElem', 'TIMSoundElem', 'TIMVideoFileElem', 'TIMFileElem'];
const isMedia = (message: Message): message is MediaMessage => TYPES.includes(message.type);
const FAILED = 2250;
const FAILED_STEP = 50;

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
    const { send, sendMessage } = createSender(context, files);
    /** Ends early when the application or the end of the session says so, whatever is under way. */
    const watched = <Result>(
      work: (watch: Watch) => Promise<Result>,
      hearer: object,
      signal?: Abort,
    ): Promise<Result> =>
      new Promise((resolve, reject) => {
        const stops: (() => void)[] = [];
        const end = (error?: ImError): void => {
          running.delete(end);
          signal?.removeEventListener('abort', aborted);
          if (!error) return;
          stops.forEach((stop) => stop());
          reject(error);
        };
        const aborted = (): void => end(sdkError(SDK_ERRORS.uploadAborted));
        running.add(end);
        signal?.addEventListener('abort', aborted);
        if (signal?.aborted) return aborted();
        work({
          onStop: (stop) => void stops.push(stop),
          progress: (fraction) => tell(hearer, fraction, end),
        }).then((result) => {
          end();
          resolve(result);
        }, end);
      });
    context.upload = (message, signal) => watched((watch) => sendMessage(message, watch), message, signal);
    return {
      methods: {
        async uploadFile(options) {
          const file = pickFile(options.file);
          if (!file) throw sdkError(SDK_ERRORS.noFile);
          const { url } = await watched((watch) => send(3, file, watch), options, options.signal);
          return { url };
        },
      },
      onLogout: () => running.forEach((end) => end(sdkError(SDK_ERRORS.notLoggedIn, 'the session ended'))),
    };
  };
}

/** An application's handler that throws fails its message, and nothing else. */
function tell(hearer: object, fraction: number, fail: (error: ImError) => void): void {
  const onProgress = property(hearer, 'onProgress');
  if (typeof onProgress !== 'function') return;
  try {
    Reflect.apply(onProgress, undefined, [fraction]);
  } catch (error) {
    fail(sdkError(SDK_ERRORS.callbackFailed, String(error)));
  }
}

interface Sender {
  /** `index` is that of the kind. */
  send(index: number, file: LocalFile, watch: Watch): Promise<Uploaded>;
  sendMessage(message: Message, watch: Watch): Promise<void>;
}

function createSender(context: EngineContext, files: Files): Sender {
  const { request, plugins, nowMs, logger, options } = context;
  /** What had arrived of a file whose upload failed is under its key: the next attempt goes on there. */
  const keys = new WeakMap<LocalFile, string>();

  async function send(index: number, file: LocalFile, watch: Watch): Promise<Uploaded> {
    const carry = carrierOf(plugins, files, options);
    const kind = KINDS[index] || 'file';
    const { name, path, size: told } = factsOf(file);
    const size = told || (files.size && (await files.size(path))) || 0;
    const begin = (key?: string): Promise<Grant> =>
      request('upload.begin', { kind, size, name, ...(key && { key }) });
    let grant = await begin(keys.get(file));
    const { key } = grant;
    keys.set(file, key);
    const renew = async (): Promise<Grant> => {
      if (grant.expiresMs - nowMs() < RENEW_BEFORE_MS) grant = await begin(key);
      return grant;
    };
    try {
      await carry({ ...watch, file, path, size, grant, renew });
    } catch (error) {
      throw new ImError(FAILED + FAILED_STEP * index, `The upload failed: ${reasonOf(error)}`);
    }
    const finished = await request('upload.finish', { kind, key }, { deadlineMs: FINISH_DEADLINE_MS });
    keys.delete(file);
    return { ...finished, key };
  }

  /** The picture that came with the video, else the one that this host takes; with none, and with a failed one, it goes too. */
  async function look(
    payload: VideoPayload,
    file: LocalFile,
    watch: Watch,
  ): Promise<Uploaded['snapshot'] | null> {
    try {
      const { thumbPath: path } = factsOf(file);
      const { picture, seconds = 0 }: Partial<VideoFacts> = path
        ? { picture: { path } }
        : (files.look && (await files.look(file))) || {};
      payload.videoSecond ||= Math.round(seconds);
      return picture && (await send(0, picture, { ...watch, progress: () => undefined })).images?.pictures[0];
    } catch (error) {
      logger.warn('The video goes without a picture', { cause: String(error) });
      return undefined;
    }
  }

  async function sendMessage(message: Message, watch: Watch): Promise<void> {
    const file = isMedia(message) && message.payload.file;
    if (!file) return;
    const uploaded = await send(TYPES.indexOf(message.type), file, watch);
    if (message.type === 'TIMVideoFileElem') {
      const picture = uploaded.snapshot || (await look(message.payload, file, watch));
      describeSnapshot(message.payload, picture);
    }
    describeUploaded(message, uploaded);
    watch.progress(1);
  }

  return { send, sendMessage };
}

/** The COS SDKs say why in one of several places, by their versions. */
function reasonOf(error: unknown): string {
  const inner = property(error, 'error') || error;
  return toText(property(inner, 'Code') || property(inner, 'message') || inner);
}
