import { CLOSE, isFinalClose } from './close-codes.ts';
import { commands } from './commands/index.ts';
import { ERRORS } from './errors.ts';
import { pushes } from './frame.ts';
import { LIMITS } from './limits.ts';
import type * as v from 'valibot';
import { NAMED, schemaText } from './schema-text.ts';

/** Markers between which `docs/protocol.md` holds what this module makes. */
const MARKS = { begin: '<!-- generated from packages/protocol: begin -->', end: '<!-- generated: end -->' };

/** The page with its generated part made anew. */
export function withTables(page: string): string {
  const begin = page.indexOf(MARKS.begin);
  const end = page.indexOf(MARKS.end);
  if (begin === -1 || end < begin) throw new Error('docs/protocol.md has lost its markers');
  return `${page.slice(0, begin)}${MARKS.begin}\n\n${tables()}\n\n${page.slice(end)}`;
}

function tables(): string {
  return [
    '## Commands',
    ...[...commands.values()].map(
      ({ name, request, reply }) =>
        `### \`${name}\`\n\n${schemaBlock({ request: schemaText(request), reply: schemaText(reply) })}`,
    ),
    '## Pushes',
    ...Object.entries(pushes).map(
      ([name, body]) => `### \`${name}\`\n\n${schemaBlock({ body: schemaText(body) })}`,
    ),
    '## Named schemas',
    ...Object.entries(NAMED).map(
      ([name, schema]) => `### \`${name}\`\n\n\`\`\`text\n${alternatives(schema)}\n\`\`\``,
    ),
    '## Errors',
    table(
      ['name', 'code', 'repeat?', 'text'],
      Object.entries(ERRORS).map(([name, { code, retry, text }]) => [
        `\`${name}\``,
        String(code),
        retry,
        text,
      ]),
    ),
    '## Close codes',
    table(
      ['name', 'code', 'the client'],
      Object.entries(CLOSE).map(([name, code]) => [
        `\`${name}\``,
        String(code),
        isFinalClose(code) ? 'stays down' : 'connects again',
      ]),
    ),
    '## Limits',
    table(
      ['name', 'value'],
      Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]),
    ),
  ].join('\n\n');
}

/** A union reads best with one of its members on a line. */
function alternatives(schema: v.GenericSchema): string {
  const { options } = schema as { options?: unknown };
  if (schema.type !== 'variant' || !Array.isArray(options)) return schemaText(schema);
  return options.map((option: v.GenericSchema) => schemaText(option)).join('\n');
}

function schemaBlock(parts: Record<string, string>): string {
  const lines = Object.entries(parts).map(([name, text]) => `${name}: ${text}`);
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
