import { cpSync, readdirSync, readFileSync } from 'node:fs';
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
`;

/** Bundles start-up code as an app's own build would, with the packed SDK installed under the published name. */
export async function buildStartUp(app: Project, startUp: string): Promise<Program> {
  const entry = app.write('source/app.js', `${startUp}\n${WATCH}\nexport { TIM, tim, COS, seen };`);
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

/**
 * Lays start-up code out as a program without a bundler, as the mini-program tool does when it builds npm: of a package it takes
 * the folder that the manifest names, to where `require` finds it by the package's name.
 */
export function layOut(app: Project, startUp: string, packageName: string): Program {
  const installed = join(app.folder, 'node_modules', packageName);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    miniprogram: string;
  };
  const built = join('miniprogram_npm', packageName);
  cpSync(join(installed, manifest.miniprogram), join(app.folder, built), { recursive: true });
  const files = readdirSync(join(app.folder, built)).map((name) => join(built, name));
  return packProgram({
    ...Object.fromEntries(files.map((file) => [file, readFileSync(join(app.folder, file), 'utf8')])),
    app: `${startUp}\n${WATCH}\nmodule.exports = { TIM, tim, COS, seen };`,
  });
}
