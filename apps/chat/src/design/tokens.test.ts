import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Each colour token, light and dark. */
const tokens = new Map<string, readonly [string, string]>();
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)/gu,
)) {
  tokens.set(name, [light, dark]);
}
for (const [, name = '', color = ''] of css.matchAll(/--([\w-]+):\s*(#\w{6});/gu))
  tokens.set(name, [color, color]);

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of WCAG 2: 1 to 21. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const token = (name: string): readonly [string, string] => {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`No colour token --${name}`);
  return found;
};

/** Words and what they stand on. Text needs 4.5, signs and edges 3. */
const PAIRS: [string, string, number][] = [
  ...['surface', 'surface-hover', 'surface-selected', 'surface-sunken', 'surface-raised', 'canvas'].flatMap<
    [string, string, number]
  >((ground) => [
    ['text', ground, 4.5],
    ['text-quiet', ground, 4.5],
  ]),
  ['text-on-canvas', 'canvas', 4.5],
  ['danger-text', 'canvas', 4.5],
  ['danger-text', 'surface', 4.5],
  ['danger-text', 'surface-hover', 4.5],
  ['danger-text', 'surface-raised', 4.5],
  ['danger-text', 'danger-soft', 4.5],
  ['on-danger', 'danger', 4.5],
  ['accent-text', 'surface', 4.5],
  ['accent-text', 'canvas', 4.5],
  ['accent-text', 'accent-soft', 4.5],
  ['accent-text', 'bubble-out', 3],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-badge-muted', 'badge-muted', 4.5],
  ['warning-text', 'warning-soft', 4.5],
  ['bubble-in-text', 'bubble-in', 4.5],
  ['bubble-in-quiet', 'bubble-in', 4.5],
  ['bubble-out-text', 'bubble-out', 4.5],
  ['bubble-out-quiet', 'bubble-out', 4.5],
  ['bubble-link', 'bubble-in', 4.5],
  ['bubble-link', 'bubble-out', 4.5],
  ['mention-text', 'mention-soft', 4.5],
  ['pill-text', 'pill', 4.5],
  ['line-strong', 'surface', 3],
  ['online', 'surface', 3],
  ['focus', 'surface', 3],
  ['focus', 'canvas', 3],
  ...Array.from({ length: 8 }, (_, face): [string, string, number] => ['on-face', `face-${face}`, 4.5]),
  ...Array.from({ length: 8 }, (_, face): [string, string, number] => [`name-${face}`, 'bubble-in', 4.5]),
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s', (_, theme) => {
  test.each(PAIRS)('--%s on --%s reaches %f', (text, ground, least) => {
    expect(contrast(token(text)[theme], token(ground)[theme])).toBeGreaterThanOrEqual(least);
  });
});

test('the measure itself is right', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
