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

/** All domains, as files are one of those that a build may leave out; people and groups before what shows them. */
const SDK_WITH_FILES = `
import * as sdk from 'tim-js-sdk/modular';
const { composeSDK, eventsOf: _, ...domains } = sdk;
export default composeSDK([...new Set([domains.profiles, domains.groups, ...Object.values(domains)])]);
`;

/** Leaves the module's own names in the window, beside what messages have come. */
const WATCH = `
import UploadPlugin from 'tim-upload-plugin';
const received = [];
tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => received.push(...data));
Object.assign(window, { TIM, tim, received, UploadPlugin });
`;

/** Bundles start-up code with one of the COS SDKs, as an app's own build would. Returns the folder. */
export async function buildPage(app: Project, startUp: string, cos: string): Promise<string> {
  app.write('source/sdk.js', SDK_WITH_FILES);
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
    resolve: {
      alias: [
        { find: /^tim-js-sdk$/, replacement: join(app.folder, 'source/sdk.js') },
        { find: 'cos-js-sdk-v5', replacement: cos },
        { find: 'tim-upload-plugin', replacement: UPLOAD_PLUGIN },
      ],
    },
    build: { outDir: pages, emptyOutDir: true },
  });
  return pages;
}
