#!/usr/bin/env node
// The first file that runs, on whatever Node a machine has: it must parse everywhere and import nothing up front.

const MINIMUM = 18;
const major = Number(process.versions.node.split('.')[0]);

if (major < MINIMUM) {
  console.error(
    'sterna: Node ' +
      process.versions.node +
      ' is too old; install Node ' +
      MINIMUM +
      ' or newer (24 is best).',
  );
  process.exitCode = 1;
} else {
  void import('./launcher.js').then(({ launch }) => launch(process.argv.slice(2)));
}
