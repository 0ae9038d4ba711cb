import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Project } from '../packaging/package.ts';

const fromModules = (path: string): string =>
  fileURLToPath(new URL(`../../../node_modules/${path}`, import.meta.url));

/** The real plug-ins, as they are on npm. */
export const COS_BUNDLES = {
  today: fromModules('cos-js-sdk-v5/dist/cos-js-sdk-v5.js'),
  of2020: fromModules('cos-js-sdk-v5-2020/dist/cos-js-sdk-v5.js'),
} as const;
const UPLOAD_PLUGIN = fromModules('tim-upload-plugin/index.js');

/** Leaves the module's own names in the window, beside what messages have come. */
const WATCH = `
import UploadPlugin from 'tim-upload-plugin';
const received = [];
tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => received.push(...data));
Object.assign(window, { TIM, tim, received, UploadPlugin });
`;

/** Bundles start-up code with one of the COS SDKs, as an app's own build would. Returns the folder. */
export async function buildPage(app: Project, startUp: string, cos: string): Promise<string> {
  app.write('source/main.js', `${startUp}\n${WATCH}`);
  app.write(
    'source/index.html',
    '<!doctype html><html lang="en"><title>files</title><input type="file" aria-label="file"><script type="module" src="./main.js"></script></html>',
  );
  const pages = join(app.folder, 'pages');
  await build({
    root: join(app.folder, 'source'),
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'cos-js-sdk-v5': cos, 'tim-upload-plugin': UPLOAD_PLUGIN } },
    build: { outDir: pages, emptyOutDir: true },
  });
  return pages;
}
