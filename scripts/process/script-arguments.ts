import { parseArgs } from 'node:util';

/** What an option has without being given: a number, a text, no switch, or an empty list of texts. It says of which kind the option is. */
type Usual = number | string | boolean | readonly string[];

/** A script that a person runs by name, and what can be said to it. */
export interface Script<Options extends Readonly<Record<string, { usual: Usual; means: string }>>> {
  /** How it is called, say `npm run sim --`. */
  command: string;
  does: string;
  options: Options;
}

type AnyScript = Script<Readonly<Record<string, { usual: Usual; means: string }>>>;

type Widened<Value> = Value extends number
  ? number
  : Value extends boolean
    ? boolean
    : Value extends string
      ? string
      : readonly string[];

type Values<Given extends AnyScript> = {
  -readonly [Name in keyof Given['options']]: Widened<Given['options'][Name]['usual']>;
};

/** What was given, or what is to be said instead of running: to whoever asked for help, or gave what is no option. */
export type Reading = { values: Record<string, Usual> } | { code: 0 | 1; text: string };

/** The options that this process was given. Where there is nothing to run with, it says why and ends. */
export function argumentsOf<const Given extends AnyScript>(script: Given): Values<Given> {
  const reading = readArguments(script, process.argv.slice(2));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: each value is of its option's kind
  if ('values' in reading) return reading.values as Values<Given>;
  (reading.code === 0 ? console.log : console.error)(reading.text);
  process.exit(reading.code);
}

export function readArguments(script: AnyScript, args: readonly string[]): Reading {
  const known = Object.entries(script.options);
  const wrong = (sentence: string): Reading => ({ code: 1, text: `${sentence}\n\n${usageOf(script)}` });
  let given: Record<string, Usual | undefined>;
  try {
    const config = Object.fromEntries(known.map(([name, { usual }]) => [name, kindOf(usual)]));
    const options = { ...config, help: { type: 'boolean', short: 'h' } } as const;
    given = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // What follows speaks of ways around that lead nowhere here.
    return wrong(`${error.message.split(/\.\s/)[0]?.replace(/\.$/, '')}.`);
  }
  if (given['help'] === true) return { code: 0, text: usageOf(script) };
  const values: Record<string, Usual> = {};
  for (const [name, { usual }] of known) {
    const value = given[name] ?? usual;
    const isWrong = typeof usual === 'number' && !/^\d+(\.\d+)?$/.test(String(value));
    if (isWrong) return wrong(`--${name} is a number, not "${String(value)}".`);
    values[name] = typeof usual === 'number' ? Number(value) : value;
  }
  return { values };
}

function kindOf(usual: Usual): { type: 'boolean' | 'string'; multiple: boolean } {
  return { type: typeof usual === 'boolean' ? 'boolean' : 'string', multiple: typeof usual === 'object' };
}

function usageOf({ command, does, options }: AnyScript): string {
  const rows = Object.entries(options).map(([name, { usual, means }]): [string, string] => {
    const value = typeof usual === 'boolean' ? '' : typeof usual === 'number' ? ' N' : ' NAME';
    const often = typeof usual === 'object' ? ' …' : '';
    const shown =
      typeof usual === 'number' || (typeof usual === 'string' && usual !== '') ? ` (${usual})` : '';
    return [`--${name}${value}${often}`, `${means}${shown}`];
  });
  const width = Math.max(...rows.map(([option]) => option.length)) + 3;
  return [
    `${command} [options]: ${does}`,
    '',
    ...rows.map(([option, text]) => `  ${option.padEnd(width)}${text}`),
  ].join('\n');
}
