// `npx sterna …`: every command.

import { keepCompiledCode } from './adapters/compiled-code.ts';

keepCompiledCode();
const { runCommandLine } = await import('./adapters/run-command-line.ts');
await runCommandLine(process.argv.slice(2));
