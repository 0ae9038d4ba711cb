import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { demoAccounts } from './dev/demo-accounts.ts';

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm start` listens; the page itself is served by Vite while it is being worked on. */
const SERVER = 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => {
  // `--mode design` shows every screen with no server at all.
  const design = mode === 'design';
  return {
    // Addresses relative to the page: it may be served below any path.
    base: './',
    plugins: [react(), ...(design ? [demoAccounts()] : [])],
    resolve: {
      alias: {
        'tim-js-sdk': local(design ? './dev/in-memory-tim.ts' : '../../packages/sdk/src/entries/browser.ts'),
      },
    },
    build: {
      // What the code itself asks for: `URL.parse`, `Map.groupBy`, `light-dark()`.
      target: ['chrome126', 'firefox126', 'safari18'],
      // The content security policy allows no `data:` fonts or scripts, so nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: {
      host: '127.0.0.1',
      proxy: design
        ? {}
        : { '/dev/user': SERVER, '/demo-users.json': SERVER, '/ws': { target: SERVER, ws: true } },
    },
  };
});
