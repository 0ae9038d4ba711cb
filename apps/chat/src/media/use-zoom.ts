import { type PointerEvent, type RefObject, useRef, useState, type WheelEvent } from 'react';
import { moveBy, type Point, type Scene, STEP, type View, WHOLE, zoomAt } from './zoom.ts';

/** How much nearer a double click takes one. */
const DOUBLE = 2.5;

export interface Zoom {
  view: View;
  isWhole: boolean;
  picture: RefObject<HTMLImageElement | null>;
  /** Nearer or further by one step, around the middle. */
  step(by: 1 | -1): void;
  stage: {
    onWheel(event: WheelEvent<HTMLElement>): void;
    onDoubleClick(event: { clientX: number; clientY: number }): void;
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(event: PointerEvent<HTMLElement>): void;
  };
}

/** Nearer by wheel, double click, buttons or two fingers; moved by dragging. Another picture begins whole. */
export function useZoom(key: string): Zoom {
  const [zoomed, setZoomed] = useState({ key, view: WHOLE });
  // By its key and not by an effect: the next picture is whole from the first frame that it is seen in.
  const view = zoomed.key === key ? zoomed.view : WHOLE;
  const change = (next: (before: View) => View): void =>
    setZoomed((before) => ({ key, view: next(before.key === key ? before.view : WHOLE) }));
  const picture = useRef<HTMLImageElement>(null);
  const fingers = useRef(new Map<number, Point>());

  const scene = (): Scene => {
    const image = picture.current;
    const window = { width: innerWidth, height: innerHeight };
    const shown = image === null ? window : { width: image.offsetWidth, height: image.offsetHeight };
    return { shown, window };
  };
  const zoom = (factor: number, { x, y }: Point = { x: innerWidth / 2, y: innerHeight / 2 }): void => {
    const at = { x: x - innerWidth / 2, y: y - innerHeight / 2 };
    change((before) => zoomAt(before, factor, at, scene()));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const { pointerId, clientX: x, clientY: y } = event;
    const before = fingers.current.get(pointerId);
    if (before === undefined) return;
    const [other] = [...fingers.current].filter(([id]) => id !== pointerId).map(([, point]) => point);
    fingers.current.set(pointerId, { x, y });
    if (other !== undefined) {
      const factor = distance({ x, y }, other) / Math.max(1, distance(before, other));
      zoom(factor, { x: (x + other.x) / 2, y: (y + other.y) / 2 });
    } else change((now) => moveBy(now, { x: x - before.x, y: y - before.y }, scene()));
  };
  const lift = ({ pointerId }: PointerEvent<HTMLElement>): void => void fingers.current.delete(pointerId);

  return {
    view,
    isWhole: view.scale === 1,
    picture,
    step: (by) => zoom(STEP ** by),
    stage: {
      onWheel: ({ deltaY, clientX, clientY }) => zoom(Math.exp(-deltaY / 300), { x: clientX, y: clientY }),
      onDoubleClick: ({ clientX, clientY }) => {
        if (view.scale > 1) change(() => WHOLE);
        else zoom(DOUBLE, { x: clientX, y: clientY });
      },
      onPointerDown: (event) => {
        if (event.target !== picture.current) return;
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: drag,
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
