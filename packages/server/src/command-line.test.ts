import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

const parse = (...args: string[]) => parseCommandLine(args, { KEPT: 'x', PORT: '1' });

describe('the command line', () => {
  test.each<[string[], Record<string, string>]>([
    [[], {}],
    [['start'], {}],
    [['start', '--port', '0'], { PORT: '0' }],
    [['--port=0', '--host', '::1'], { PORT: '0', HOST: '::1' }],
    [['start', '--data', '/d=e', '--config=c.json'], { STERNA_DATA: '/d=e', STERNA_CONFIG: 'c.json' }],
  ])('%j starts the server', (args, env) => {
    expect(parse(...args)).toEqual({ command: 'start', env: { KEPT: 'x', PORT: '1', ...env } });
  });

  test.each<[string[], object]>([
    [['--user', 'alice'], { userID: 'alice', expireS: 86_400 }],
    [['--user=alice', '--app', '7', '--expire', '60'], { userID: 'alice', SDKAppID: 7, expireS: 60 }],
  ])('usersig %j signs', (args, expected) => {
    expect(parse('usersig', ...args)).toMatchObject({ command: 'usersig', ...expected });
  });

  test.each([[['--help']], [['-h']], [['help']], [['start', '--help']], [['usersig', '-h']]])(
    '%j helps',
    (args) => {
      expect(parse(...args)).toEqual({ command: 'help' });
    },
  );

  test.each([[['--version']], [['-v']], [['start', '--version']]])('%j says the version', (args) => {
    expect(parse(...args)).toEqual({ command: 'version' });
  });

  test.each<[string[], string]>([
    [['run'], 'there is no command "run"'],
    [['start', 'now'], '"now" is not an option here'],
    [['--prot', '80'], '"--prot" is not an option here'],
    [['start', '--user', 'alice'], '"--user" is not an option here'],
    [['--port'], '--port needs a value'],
    [['--port='], '--port needs a value'],
    [['--port', '1', '--port', '2'], '--port is given twice'],
    [['usersig'], 'usersig needs --user'],
    [['usersig', '--user', 'a', '--expire', '0'], '--expire must be'],
    [['usersig', '--user', 'a', '--expire', '1e3'], '--expire must be'],
    [['usersig', '--user', 'a', '--app', 'x'], '--app must be'],
  ])('%j is wrong', (args, sentence) => {
    expect(parse(...args)).toEqual({ command: 'wrong', sentence: expect.stringContaining(sentence) });
  });
});
