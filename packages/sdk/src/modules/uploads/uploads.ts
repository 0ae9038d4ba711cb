import { ImError, sdkError } from '../../errors.ts';
import { requireFile } from '../../messages/check.ts';
import { factsOf } from '../../messages/local-file.ts';
import { property, toText } from '../../messages/values.ts';
import type { Files, VideoFacts } from '../../platform/files.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Message } from '../../types/message.ts';
import type { Abort } from '../../types/send.ts';
import type { LocalFile, VideoPayload } from '../../types/payload.ts';
import type { EngineContext, EngineModuleFactory } from '../engine-module.ts';
import { carrierOf, type Grant } from './transfer.ts';
import { describeSnapshot, describeUploaded, type Uploaded } from './uploaded.ts';

/** The order is that of the codes for "the upload failed": 2250, and 50 more for each. */
const KINDS = ['image', 'audio', 'video', 'file'] as const;
const TYPES: readonly string[] = ['TIMImageElem', 'TIMSoundElem', 'TIMVideoFileElem', 'TIMFileElem'];
const FAILED = 2250;
const FAILED_STEP = 50;

/** The server makes an image's renditions while this waits. */
const FINISH_DEADLINE_MS = 60_000;
/** A request that begins now must still be good when it arrives. */
const RENEW_BEFORE_MS = 60_000;
/** The first wait where the service has too many transfers, by how much the next ones are longer, and the last of them. */
const SLOW_DOWN_MS = 1_000;
const SLOW_DOWN_MOST_MS = 5_000;

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
          if (signal) signal.removeEventListener('abort', aborted);
          if (!error) return;
          reject(error);
          for (const stop of stops)
            try {
              stop();
            } catch {
              // A plug-in that cannot cancel goes on after the end.
            }
        };
        const aborted = (): void => end(sdkError(SDK_ERRORS.uploadAborted));
        if (signal) {
          // What lacks this is refused while nothing has begun, and not when it ends.
          signal.removeEventListener('abort', aborted);
          signal.addEventListener('abort', aborted);
          if (signal.aborted) return aborted();
        }
        running.add(end);
        work({
          onStop: (stop) => void stops.push(stop),
          progress(fraction) {
            const onProgress = property(hearer, 'onProgress');
            if (typeof onProgress !== 'function' || !running.has(end)) return;
            try {
              Reflect.apply(onProgress, undefined, [fraction]);
            } catch (error) {
              // It fails its message, and nothing else.
              end(sdkError(SDK_ERRORS.callbackFailed, String(error)));
            }
          },
        }).then((result) => {
          end();
          resolve(result);
        }, end);
      });
    context.upload = (message, signal) => watched((watch) => sendMessage(message, watch), message, signal);
    return {
      methods: {
        async uploadFile(options) {
          const file = requireFile(options.file);
          const { url } = await watched((watch) => send(3, file, watch), options, options.signal);
          return { url };
        },
      },
      onLogout: () => running.forEach((end) => end(sdkError(SDK_ERRORS.notLoggedIn, 'the session ended'))),
    };
  };
}

interface Sender {
  /** `index` is that of the kind. */
  send(index: number, file: LocalFile, watch: Watch): Promise<Uploaded>;
  sendMessage(message: Message, watch: Watch): Promise<void>;
}

function createSender(context: EngineContext, files: Files): Sender {
  const { request, plugins, nowMs, logger, options, timers } = context;
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
    for (let waitMs = SLOW_DOWN_MS; ; waitMs += SLOW_DOWN_MS) {
      try {
        await carry({ ...watch, file, path, size, grant, renew });
        break;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== 'SlowDown' || waitMs > SLOW_DOWN_MOST_MS)
          throw new ImError(FAILED + FAILED_STEP * index, `The upload failed: ${reason}`);
      }
      await new Promise<void>((resolve) => watch.onStop(timers.setTimer(waitMs, resolve)));
    }
    const finished = await request('upload.finish', { kind, key }, { deadlineMs: FINISH_DEADLINE_MS });
    keys.delete(file);
    return { ...finished, key };
  }

  /** The server's picture, that of the choice, else the one that this host takes; with none, and with a failed one, it goes too. */
  async function look(
    payload: VideoPayload,
    file: LocalFile,
    watch: Watch,
    { snapshot }: Uploaded,
  ): Promise<Uploaded['snapshot'] | null> {
    // The server does not tell the length.
    if (snapshot && payload.videoSecond) return snapshot;
    try {
      const { thumbPath: path } = factsOf(file);
      const { picture, seconds = 0 }: Partial<VideoFacts> = path
        ? { picture: { path } }
        : (files.look && (await files.look(file))) || {};
      payload.videoSecond ||= Math.round(seconds);
      if (snapshot || !picture) return snapshot;
      const { images } = await send(0, picture, { ...watch, progress: () => undefined });
      return images && images.pictures[0];
    } catch (error) {
      logger.warn('The video could not be looked at', { cause: String(error) });
      return snapshot;
    }
  }

  async function sendMessage({ type, payload }: Message, watch: Watch): Promise<void> {
    if (!('file' in payload) || !payload.file) return;
    const { file } = payload;
    const uploaded = await send(TYPES.indexOf(type), file, watch);
    if ('videoUrl' in payload) describeSnapshot(payload, await look(payload, file, watch, uploaded));
    describeUploaded(payload, uploaded);
    watch.progress(1);
  }

  return { send, sendMessage };
}

/**
 * The service's own code where there is one. The COS SDKs say it in one of several places, by their versions; others hand on the XML.
 * `tim-upload-plugin` puts what it was answered in quotes, and nothing in them is a line that broke.
 */
function reasonOf(error: unknown): string {
  const inner = property(error, 'error') || error;
  const message = property(inner, 'message');
  const text = toText(property(inner, 'Code') || (message === undefined ? inner : message));
  const [all, code] = /[^]*<Code>(\w+)|[^"].*/.exec(text) || ['the connection broke'];
  return code || all;
}
