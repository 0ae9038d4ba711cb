import type {
  ChangedLine,
  DeliverLine,
  EndLine,
  FinalLine,
  InvokeLine,
  Line,
  LogLine,
  MarkLine,
  Seen,
} from './history.ts';

/** One thing that must never happen, done to the story, and the check that must see it. */
export interface BadHistory {
  name: string;
  check: string;
  tamper(lines: Line[]): Line[];
}

type Of<Op extends Line['op']> = Op extends EndLine['op']
  ? EndLine
  : Op extends ChangedLine['op']
    ? ChangedLine
    : Extract<Line, { op: Op }>;

export function find<Op extends Line['op']>(lines: Line[], op: Op, where: (line: Of<Op>) => boolean): Of<Op> {
  const found = lines.find((line) => line.op === op && where(line as Of<Op>));
  if (found === undefined) throw new Error(`the story has no such ${op} line`);
  return found as Of<Op>;
}

/** Changes what every line says of a message. */
export function inMessages(lines: Line[], change: (seen: Seen, line: Line) => Seen | undefined): Line[] {
  const each = (messages: readonly Seen[], line: Line) =>
    messages.flatMap((seen) => {
      const changed = change(seen, line);
      return changed === undefined ? [] : [changed];
    });
  return lines.map((line) => {
    if (line.op === 'deliver') return { ...line, messages: each(line.messages, line) };
    if (line.op === 'ok' && line.messages) return { ...line, messages: each(line.messages, line) };
    if (line.op !== 'final') return line;
    const histories = Object.entries(line.histories).map(
      ([conv, history]) => [conv, each(history, line)] as const,
    );
    return { ...line, histories: Object.fromEntries(histories) };
  });
}

export const invokeOf = (lines: Line[], body: string, again?: true): InvokeLine =>
  find(lines, 'invoke', (line) => line.body === body && line.again === again);

export function ackOf(lines: Line[], body: string): EndLine {
  return find(lines, 'ok', (line) => line.message?.body === body);
}

export function deliveryOf(lines: Line[], device: string, body: string): DeliverLine {
  return find(
    lines,
    'deliver',
    (line) => line.device === device && line.messages.some((seen) => seen.body === body),
  );
}

const logOf = (lines: Line[], conv: string): LogLine => find(lines, 'log', (line) => line.conv === conv);
export const markOf = (lines: Line[], user: string, conv: string): MarkLine =>
  find(lines, 'mark', (line) => line.user === user && line.conv === conv);
export const finalOf = (lines: Line[], device: string): FinalLine =>
  find(lines, 'final', (line) => line.device === device);

export function replaced(lines: Line[], line: Line, ...by: Line[]): Line[] {
  return lines.flatMap((each) => (each === line ? by : [each]));
}

export function withEntries(
  lines: Line[],
  conv: string,
  change: (entries: LogLine['entries']) => LogLine['entries'],
): Line[] {
  const log = logOf(lines, conv);
  return replaced(lines, log, { ...log, entries: change(log.entries) });
}

/** A place of the log and of every final reading without one message, as if it had never been stored. */
export function neverStored(lines: Line[], conv: string, body: string): Line[] {
  const without = withEntries(lines, conv, (entries) => entries.filter((entry) => entry.body !== body));
  return inMessages(without, (seen, line) => (line.op === 'final' && seen.body === body ? undefined : seen));
}

export const ends = (call: number, op: 'ok' | 'fail' | 'info', code?: number): Line => ({
  t: 0,
  op,
  call,
  ...(code !== undefined && { code }),
});
