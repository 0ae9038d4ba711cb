/** What a microphone gave. */
export interface Recording {
  file: File;
  durationMs: number;
}

export interface RunningRecording {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Ends it, and gives what was said. */
  finish(): Promise<Recording>;
  /** Ends it, and forgets it. */
  discard(): void;
}

/** The first that a browser can make is taken: MP4 plays everywhere, WebM nearly so. */
const FORMATS = [
  { type: 'audio/mp4', ending: 'm4a' },
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
] as const;

/** Shorter than this a message would be said to last no time. */
const LEAST_MS = 1000;
const BITS_PER_SECOND = 48_000;

/** A page that is not served securely has no microphone. */
export function canRecord(): boolean {
  return 'mediaDevices' in navigator && 'MediaRecorder' in window;
}

/** Rejects where there is no microphone, or the user does not allow it. */
export async function startRecording(): Promise<RunningRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const format = FORMATS.find(({ type }) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    ...(format === undefined ? {} : { mimeType: format.type }),
    audioBitsPerSecond: BITS_PER_SECOND,
  });
  const meter = createMeter(stream);
  const startedMs = performance.now();
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start();
  const stop = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
    meter.close();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    level: meter.level,
    finish: async () => {
      const durationMs = Math.max(LEAST_MS, performance.now() - startedMs);
      stop();
      await ended;
      const type = recorder.mimeType.split(';')[0] ?? '';
      const name = `voice.${format?.ending ?? 'audio'}`;
      return { file: new File(pieces, name, { type }), durationMs };
    },
    discard: stop,
  };
}

function createMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      // Speech at arm's length reaches a third of the scale.
      return Math.min(1, loudest * 2.5);
    },
    close: () => void context.close(),
  };
}
