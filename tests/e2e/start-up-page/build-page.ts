import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Project } from '../packaging/package.ts';

/** The real plug-in, as it is on npm. */
const COS = fileURLToPath(
  new URL('../../../node_modules/cos-js-sdk-v5/dist/cos-js-sdk-v5.js', import.meta.url),
);

/** What a test may touch of the page: the module's own names, and every event it saw. */
const WATCH = `
const seen = [];
for (const name of Object.values(TIM.EVENT)) {
  tim.on(name, ({ name, data }) => {
    seen.push({ name, data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)) });
  });
}
Object.assign(window, { TIM, tim, COS, seen });
`;

/** Bundles start-up code as an app's own build would, with the packed SDK installed under the published name. Returns the folder. */
export async function buildPage(app: Project, startUp: string): Promise<string> {
  app.write('source/main.js', `${startUp}\n${WATCH}`);
  app.write(
    'source/index.html',
    '<!doctype html><html lang="en"><title>start-up page</title><script type="module" src="./main.js"></script></html>',
  );
  const pages = join(app.folder, 'pages');
  await build({
    root: join(app.folder, 'source'),
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'cos-js-sdk-v5': COS } },
    build: { outDir: pages, emptyOutDir: true },
  });
  return pages;
}
