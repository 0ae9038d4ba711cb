import type { Size } from './box.ts';

/** A picture at its first size, and the window that it is seen through. */
export interface Scene {
  shown: Size;
  window: Size;
}

/** How a picture lies in the viewer: enlarged from its centre, and moved from there. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const MOST_SCALE = 8;
export const STEP = 1.5;

export interface Point {
  x: number;
  y: number;
}

/** Enlarges around a point, given from the centre of the window: what lies there stays there. */
export function zoomAt(view: View, factor: number, at: Point, scene: Scene): View {
  const scale = Math.min(MOST_SCALE, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  return within({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, scene);
}

export function moveBy(view: View, by: Point, scene: Scene): View {
  return within({ ...view, x: view.x + by.x, y: view.y + by.y }, scene);
}

/** A picture's edge never comes further into the window than it must. */
function within({ scale, x, y }: View, { shown, window }: Scene): View {
  const bound = (value: number, side: number, room: number): number => {
    const most = Math.max(0, (side * scale - room) / 2);
    return Math.min(most, Math.max(-most, value)) || 0;
  };
  return { scale, x: bound(x, shown.width, window.width), y: bound(y, shown.height, window.height) };
}
