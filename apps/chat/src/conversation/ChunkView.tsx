import { memo, use, useEffect, useRef, useState } from 'react';
import { useChat } from '../chat-client/hooks.tsx';
import { ChunkWindowContext } from './chunk-window.ts';
import styles from './ChunkView.module.css';
import { RowView } from './Rows.tsx';
import { type Row, sameRows } from './timeline-rows.ts';

/**
 * Some rows, on the page while they are near the window. Far from it only their height stays: it has been
 * measured, so nothing moves when they go or come back, however long the history is.
 */
export const ChunkView = memo(
  function ChunkView({ rows }: { rows: readonly Row[] }) {
    const ref = useRef<HTMLDivElement>(null);
    const chunkWindow = use(ChunkWindowContext);
    const [keptHeight, setKeptHeight] = useState<number>();
    // A message that is jumped to has to be on the page to be found.
    const isLit = useChat((state) => state.spotlight !== undefined && holds(rows, state.spotlight.key));
    const isEmpty = keptHeight !== undefined && !isLit;
    useEffect(() => {
      const element = ref.current;
      if (element === null || chunkWindow === undefined) return undefined;
      return chunkWindow.watch(element, (near, height) => {
        const isInUse = element.contains(document.activeElement);
        setKeptHeight((kept) => (near || isInUse ? undefined : (kept ?? height)));
      });
    }, [chunkWindow]);
    return (
      <div ref={ref} className={styles.chunk} style={isEmpty ? { height: keptHeight } : undefined}>
        {!isEmpty && rows.map((row) => <RowView key={row.key} row={row} />)}
      </div>
    );
  },
  (before, after) => sameRows(before.rows, after.rows),
);

function holds(rows: readonly Row[], key: string): boolean {
  return rows.some((row) =>
    row.kind === 'run' ? row.items.some((item) => item.key === key) : row.key === key,
  );
}
