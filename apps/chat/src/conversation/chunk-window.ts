import { createContext } from 'react';

/** How far outside of the window chunks are kept on the page. */
const KEPT_PX = 1_500;

export interface ChunkWindow {
  /** Tells when an element comes near the window, and when it has gone far from it. */
  watch(element: Element, onChange: (near: boolean, height: number) => void): () => void;
  close(): void;
}

export const ChunkWindowContext = createContext<ChunkWindow | undefined>(undefined);

/** One observer for all the chunks of a scrolling element. */
export function createChunkWindow(root: Element): ChunkWindow {
  const watchers = new Map<Element, (near: boolean, height: number) => void>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        watchers.get(entry.target)?.(entry.isIntersecting, entry.boundingClientRect.height);
    },
    { root, rootMargin: `${KEPT_PX}px 0px` },
  );
  return {
    watch: (element, onChange) => {
      watchers.set(element, onChange);
      observer.observe(element);
      return () => {
        watchers.delete(element);
        observer.unobserve(element);
      };
    },
    close: () => observer.disconnect(),
  };
}
