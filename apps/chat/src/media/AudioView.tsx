import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { AudioContent } from '../chat-client/message-content.ts';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import { playTime } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './AudioView.module.css';
import { useMediaURL } from './media-url.ts';
import { UploadRing, useUpload } from './UploadRing.tsx';
import { useWaveform } from './use-waveform.ts';

const RATES = [1, 1.5, 2] as const;
/** The one that plays: another that begins ends it. */
let playing: HTMLAudioElement | undefined;

/** A recording: its waveform shows how far it is played, and takes a click or the arrow keys. */
export function AudioView({ content, messageKey }: { content: AudioContent; messageKey: string }) {
  const { t } = useLanguage();
  const fraction = useUpload(messageKey);
  const url = useMediaURL(content);
  const { renewLinks } = useClient();
  const player = usePlayer(content.seconds, async () => {
    const renewed = await renewLinks(messageKey);
    return renewed?.kind === 'audio' ? renewed.url : '';
  });
  return (
    <span className={styles.audio}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody said into a microphone has no captions */}
      <audio {...player.element} src={url === '' ? undefined : url} preload="none" />
      {fraction === undefined ? (
        <button
          type="button"
          className={styles.toggle}
          aria-label={player.isPlaying ? t.media.pause : t.media.play}
          disabled={url === ''}
          onClick={player.toggle}
        >
          <Icon name={player.isPlaying ? 'pause' : 'play'} size={24} />
        </button>
      ) : (
        <UploadRing messageKey={messageKey} fraction={fraction} />
      )}
      <span className={styles.body}>
        <Waveform content={content} player={player} />
        <span className={styles.foot}>
          <span className={styles.time} role={player.hasFailed ? 'alert' : undefined}>
            {player.hasFailed ? t.media.notLoaded : playTime(player.isAtStart ? player.length : player.at)}
          </span>
          {!player.isAtStart && (
            <button
              type="button"
              className={styles.rate}
              aria-label={t.media.speed(`${player.rate}×`)}
              onClick={player.changeRate}
            >
              {player.rate}×
            </button>
          )}
        </span>
      </span>
    </span>
  );
}

function Waveform({ content, player }: { content: AudioContent; player: Player }) {
  const { t } = useLanguage();
  const bars = useWaveform(content);
  const { at, length, seek } = player;
  const played = length > 0 ? at / length : 0;
  const seekTo = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * length);
  };
  return (
    <span
      className={styles.bars}
      role="slider"
      tabIndex={0}
      aria-label={t.media.position}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={`${playTime(at)} / ${playTime(length)}`}
      onPointerDown={seekTo}
      onKeyDown={(event) => {
        const to = { ArrowRight: at + 5, ArrowLeft: at - 5, Home: 0, End: length }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        seek(to);
      }}
    >
      {bars.map((height, index) => (
        <span
          // A bar is its place.
          key={`${index}-bar`}
          className={cx(styles.bar, (index + 0.5) / bars.length <= played && styles.played)}
          style={{ height: `${Math.round(height * 100)}%` }}
        />
      ))}
    </span>
  );
}

type Player = ReturnType<typeof usePlayer>;

/** The platform's own player behind buttons of ours. Recorders often leave the length out: then the message says it. */
function usePlayer(seconds: number, renewURL: () => Promise<string>) {
  const ref = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [known, setKnown] = useState(0);
  const [rate, setRate] = useState<number>(RATES[0]);
  useEffect(() => {
    const audio = ref.current;
    return () => audio?.pause();
  }, []);
  const length = seconds || known;
  return {
    isPlaying,
    hasFailed,
    at: Math.min(at, length || at),
    length,
    rate,
    isAtStart: at === 0 && !isPlaying,
    toggle: (): void => {
      const audio = ref.current;
      if (audio === null) return;
      if (!audio.paused) return audio.pause();
      if (playing !== audio) playing?.pause();
      playing = audio;
      setFailed(false);
      audio.playbackRate = rate;
      audio
        .play()
        // Its link may have run out: once more with a new one.
        .catch(async () => {
          // Stopped before it began.
          if (audio.paused) return;
          const url = await renewURL();
          if (url === '') throw new Error('there is no other link');
          audio.src = url;
          await audio.play();
        })
        .catch(() => setFailed(true));
    },
    seek: (to: number): void => {
      if (ref.current === null) return;
      const target = Math.max(0, Math.min(to, length));
      ref.current.currentTime = target;
      setAt(target);
    },
    changeRate: (): void => {
      const next = RATES[(RATES.findIndex((each) => each === rate) + 1) % RATES.length] ?? 1;
      setRate(next);
      if (ref.current !== null) ref.current.playbackRate = next;
    },
    element: {
      ref,
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onEnded: () => {
        setPlaying(false);
        setAt(0);
      },
      onTimeUpdate: () => setAt(ref.current?.currentTime ?? 0),
      onLoadedMetadata: () => {
        const found = ref.current?.duration ?? 0;
        if (Number.isFinite(found)) setKnown(found);
      },
    },
  };
}
