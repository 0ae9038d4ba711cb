// `npm start`: the server, with the options of `sterna start`.

import { keepCompiledCode } from './adapters/compiled-code.ts';

keepCompiledCode();
const { runCommandLine } = await import('./adapters/run-command-line.ts');
await runCommandLine(['start', ...process.argv.slice(2)]);
