import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_SCALE, moveBy, WHOLE, zoomAt } from './zoom.ts';

const SCENE = { shown: { width: 800, height: 600 }, window: { width: 1000, height: 700 } };

test('what lies under the pointer stays there', () => {
  const at = { x: 100, y: -50 };
  const view = zoomAt(WHOLE, 4, at, SCENE);
  expect({ x: view.x + 100 * 4, y: view.y - 50 * 4 }).toEqual(at);
});

test('back at its own size a picture is in the middle', () => {
  const near = zoomAt(WHOLE, 4, { x: 300, y: 200 }, SCENE);
  expect(zoomAt(near, 0.01, { x: -200, y: 10 }, SCENE)).toEqual(WHOLE);
});

test('whatever is done, it stays within bounds', () => {
  const number = fc.double({ min: -2000, max: 2000, noNaN: true });
  const act = fc.tuple(fc.double({ min: 0.1, max: 10, noNaN: true }), number, number);
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      let view = WHOLE;
      for (const [factor, x, y] of acts) {
        view = moveBy(zoomAt(view, factor, { x, y }, SCENE), { x: y, y: x }, SCENE);
      }
      expect(view.scale).toBeGreaterThanOrEqual(1);
      expect(view.scale).toBeLessThanOrEqual(MOST_SCALE);
      expect(Math.abs(view.x)).toBeLessThanOrEqual(Math.max(0, (800 * view.scale - 1000) / 2));
      expect(Math.abs(view.y)).toBeLessThanOrEqual(Math.max(0, (600 * view.scale - 700) / 2));
    }),
  );
});
