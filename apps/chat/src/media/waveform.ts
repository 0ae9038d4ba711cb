/** Bars that a waveform is drawn with. */
export const BARS = 44;
/** A silent stretch still has a line. */
const LEAST = 0.08;

/** The loudness of a recording in so many steps, 0 to 1, the loudest being 1. */
export function barsOf(samples: Float32Array, count = BARS): number[] {
  const loudness = Array.from({ length: count }, (_, bar) => {
    const [start, end] = [bar, bar + 1].map((edge) => Math.floor((edge * samples.length) / count));
    return meanOf(samples.subarray(start, end));
  });
  const most = Math.max(...loudness);
  return loudness.map((value) => (most === 0 ? LEAST : Math.max(LEAST, value / most)));
}

/** Root of the mean square: what an ear takes for loudness, unlike a single peak. */
function meanOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
