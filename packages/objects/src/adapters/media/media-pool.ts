import { ObjectError } from '../../errors.ts';
import type { Limits } from '../../limits.ts';
import type { AS_IT_IS, MediaSource, MediaWorker, Picture } from '../../media/media-worker.ts';
import type { Clock, Log } from '../../ports.ts';
import { MediaProcess } from './media-process.ts';
import { Turns } from './turns.ts';
import type { VideoTool } from './video-tool.ts';

/** A process that had nothing to do for this long gives its memory back. */
const IDLE_MS = 60_000;

export type MediaPoolDeps = {
  clock: Clock;
  log: Log;
  limits: Limits;
  /** Absent where no ffmpeg is installed. */
  videoTool: VideoTool | undefined;
};

/** A few processes and a short queue for them. They are started when first needed. */
export class MediaPool implements MediaWorker {
  readonly #deps: MediaPoolDeps;
  readonly #idle: { process: MediaProcess; cancel: () => void }[] = [];
  readonly #living = new Set<MediaProcess>();
  readonly #turns: Turns;
  #busy = 0;
  #closed = false;

  constructor(deps: MediaPoolDeps) {
    this.#deps = deps;
    this.#turns = new Turns(deps.limits.mediaQueue);
  }

  renderImage(source: MediaSource, shortSide: number): Promise<Picture | typeof AS_IT_IS> {
    return this.#inTurn(source.owner, async () => {
      const worker = this.#take();
      const { clock, limits } = this.#deps;
      const cancel = clock.after(limits.mediaMs, () => worker.kill());
      const watched = watch(source);
      try {
        const picture = await worker.render(watched.source, {
          shortSide,
          maxPixels: limits.imagePixels,
          maxAnimationPixels: limits.animationPixels,
        });
        this.#giveBack(worker);
        return picture;
      } catch (error) {
        throw this.#judge(worker, watched.fault() ?? error, watched.fault() !== undefined);
      } finally {
        cancel();
      }
    });
  }

  snapshotVideo(source: MediaSource): Promise<Picture> {
    const { videoTool } = this.#deps;
    if (videoTool === undefined) return Promise.reject(new ObjectError('notImplemented'));
    return this.#inTurn(source.owner, () => videoTool.snapshot(source));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#idle) cancel();
    const living = [...this.#living];
    for (const worker of living) worker.kill();
    await Promise.all(living.map((worker) => worker.ended()));
  }

  async #inTurn<Made>(owner: string, job: () => Promise<Made>): Promise<Made> {
    if (this.#busy >= this.#deps.limits.mediaWorkers) await this.#turns.wait(owner);
    else this.#busy += 1;
    try {
      return await job();
    } finally {
      // The place goes straight to the next in line, or becomes free.
      if (!this.#turns.next()) this.#busy -= 1;
    }
  }

  #take(): MediaProcess {
    if (this.#closed) throw new ObjectError('slowDown');
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      idle.cancel();
      return idle.process;
    }
    const made = new MediaProcess();
    this.#living.add(made);
    return made;
  }

  #giveBack(process: MediaProcess): void {
    if (this.#closed) return this.#discard(process);
    const cancel = this.#deps.clock.after(IDLE_MS, () => {
      const at = this.#idle.findIndex((idle) => idle.process === process);
      if (at !== -1) this.#idle.splice(at, 1);
      this.#discard(process);
    });
    this.#idle.push({ process, cancel });
  }

  /** A refusal leaves the process as good as before; a fault or a timeout does not. */
  #judge(worker: MediaProcess, error: unknown, ofSource: boolean): unknown {
    if (error instanceof ObjectError && !ofSource) {
      this.#giveBack(worker);
      return error;
    }
    this.#discard(worker);
    if (ofSource) return error;
    this.#deps.log.warn('objects.media.failed', { error });
    return new ObjectError('imageFailed', { cause: error });
  }

  #discard(worker: MediaProcess): void {
    this.#living.delete(worker);
    worker.kill();
  }
}

/** Tells whether it was the reading of the object that failed: then nothing is known about the image. */
function watch(source: MediaSource): { source: MediaSource; fault: () => unknown } {
  let fault: unknown;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* source.bytes;
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  return { source: { ...source, bytes: bytes() }, fault: () => fault };
}
