import { memo, use, useEffect, useRef, useState } from 'react';
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
    useEffect(() => {
      const element = ref.current;
      if (element === null || chunkWindow === undefined) return undefined;
      return chunkWindow.watch(element, (near, height) => {
        const isInUse = element.contains(document.activeElement);
        setKeptHeight((kept) => (near || isInUse ? undefined : (kept ?? height)));
      });
    }, [chunkWindow]);
    return (
      <div
        ref={ref}
        className={styles.chunk}
        style={keptHeight === undefined ? undefined : { height: keptHeight }}
      >
        {keptHeight === undefined && rows.map((row) => <RowView key={row.key} row={row} />)}
      </div>
    );
  },
  (before, after) => sameRows(before.rows, after.rows),
);
