import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Project } from '../../e2e/packaging/package.ts';
import { packProgram, type Program } from '../host/runtime.ts';

const fromModules = (path: string): string =>
  fileURLToPath(new URL(`../../../node_modules/${path}`, import.meta.url));

/** The real plug-ins, as they are on npm. */
const PLUGINS = {
  'cos-wx-sdk-v5': fromModules('cos-wx-sdk-v5/dist/cos-wx-sdk-v5.min.js'),
  'tim-upload-plugin': fromModules('tim-upload-plugin/index.js'),
} as const;

/** What a test may touch: the module's own names, and every event it saw. */
const WATCH = `
const seen = [];
for (const name of Object.values(TIM.EVENT)) {
  tim.on(name, ({ name, data }) => {
    seen.push({ name, data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)) });
  });
}
export { TIM, tim, COS, seen };
`;

/** Bundles start-up code as an app's own build would, with the packed SDK installed under the published name. */
export async function buildStartUp(app: Project, startUp: string): Promise<Program> {
  const entry = app.write('source/app.js', `${startUp}\n${WATCH}`);
  await build({
    root: join(app.folder, 'source'),
    configFile: false,
    logLevel: 'error',
    resolve: { alias: PLUGINS },
    build: {
      target: 'es2015',
      outDir: join(app.folder, 'program'),
      emptyOutDir: true,
      lib: { entry, formats: ['cjs'], fileName: () => 'app.js' },
    },
  });
  return packProgram({ app: readFileSync(join(app.folder, 'program', 'app.js'), 'utf8') });
}
