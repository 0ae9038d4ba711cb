import { useEffect, useState } from 'react';
import type { AudioContent } from '../chat-client/message-content.ts';
import { LIMITS } from '../chat-client/limits.ts';
import { BARS, barsOf } from './waveform.ts';

/** Before it is known, and where it cannot be: every bar the same. */
const UNKNOWN = Array.from({ length: BARS }, () => 0.3);
/** Decoded once for a page: a list that scrolls shows the same recording again and again. */
const KEPT = 100;
const known = new Map<string, number[]>();

/** Enough for loudness, and eight times less to hold than what a recording has. */
const SAMPLE_RATE = 8000;

/** The bars of a recording, as soon as they are known. */
export function useWaveform({ url, file, size }: AudioContent): readonly number[] {
  const [bars, setBars] = useState<readonly number[]>(known.get(url) ?? UNKNOWN);
  useEffect(() => {
    if (size > LIMITS.waveformBytes || (url === '' && file === undefined)) return undefined;
    const kept = known.get(url);
    if (kept !== undefined) {
      setBars(kept);
      return undefined;
    }
    let isShown = true;
    decode(url, file).then(
      (decoded) => {
        if (url !== '') keep(url, decoded);
        if (isShown) setBars(decoded);
      },
      // Some recordings can be played and not decoded: they have a plain line.
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [url, file, size]);
  return bars;
}

async function decode(url: string, file: Blob | undefined): Promise<number[]> {
  const bytes = file === undefined ? await (await fetch(url)).arrayBuffer() : await file.arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes);
  return barsOf(sound.getChannelData(0));
}

function keep(url: string, bars: number[]): void {
  known.set(url, bars);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
}
