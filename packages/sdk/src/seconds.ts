/** Applications get their times in seconds; the wire has milliseconds. */
export function seconds(ms = 0): number {
  return Math.floor(ms / 1000);
}
