import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '../chat-client/attachments.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { IconButton } from '../design/Button.tsx';
import { playTime } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import { type RunningRecording, startRecording } from './recorder.ts';
import styles from './RecorderBar.module.css';

const BARS = 40;
const TICK_MS = 80;

/** In the place of the text while something is said instead. */
export function RecorderBar({
  onRecorded,
  onClose,
}: {
  onRecorded(attachment: Attachment): void;
  onClose(): void;
}) {
  const { t } = useLanguage();
  const { recording, elapsedMs, levels } = useRecording(onClose);
  const isOver = elapsedMs >= LIMITS.recordingMs;
  const finish = async (): Promise<void> => {
    const made = await recording.current?.finish();
    recording.current = undefined;
    onClose();
    if (made === undefined || made.file.size === 0) return;
    onRecorded({ kind: 'audio', file: made.file, width: 0, height: 0, duration: made.durationMs });
  };
  useEffect(() => {
    if (isOver) void finish();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the time is over
  }, [isOver]);
  return (
    <div
      className={styles.bar}
      role="group"
      aria-label={t.media.recording}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <IconButton icon="trash" label={t.media.discardRecording} onClick={onClose} />
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.time} role="timer">
        {playTime(elapsedMs / 1000)}
      </span>
      <span className={styles.levels} aria-hidden="true">
        {levels.map((level, index) => (
          // A bar is its place.
          <span
            key={`${index}-level`}
            className={styles.level}
            style={{ height: `${Math.max(8, level * 100)}%` }}
          />
        ))}
      </span>
      <IconButton
        icon="send"
        label={t.media.sendRecording}
        className={styles.send}
        data-autofocus=""
        disabled={elapsedMs === 0}
        onClick={() => void finish()}
      />
    </div>
  );
}

/** Listens from the first moment on. What was not finished when the bar goes is forgotten. */
function useRecording(onFailed: () => void) {
  const { notify } = useClient();
  const recording = useRef<RunningRecording>(undefined);
  const [elapsedMs, setElapsed] = useState(0);
  const [levels, setLevels] = useState<readonly number[]>([]);
  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setInterval> | undefined;
    startRecording().then(
      (started) => {
        if (!isShown) return started.discard();
        recording.current = started;
        const startedMs = performance.now();
        timer = setInterval(() => {
          setElapsed(performance.now() - startedMs);
          setLevels((before) => [...before, started.level()].slice(-BARS));
        }, TICK_MS);
      },
      () => {
        notify({ kind: 'noMicrophone' });
        onFailed();
      },
    );
    return () => {
      isShown = false;
      clearInterval(timer);
      recording.current?.discard();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- one recording for one bar
  }, []);
  return { recording, elapsedMs, levels };
}
