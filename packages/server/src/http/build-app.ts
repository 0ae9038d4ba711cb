import { Hono, type Handler } from 'hono';
import type { Readiness } from '../health.ts';
import { type DevAccounts, devRoutes } from './dev-routes.ts';
import { contentSecurityPolicy, securityHeaders } from './headers.ts';
import { onlyLocal, type PeerEnv } from './peer.ts';
import { serveFolder, type StaticFolder } from './static-files.ts';

export interface AppOptions {
  readiness: Readiness;
  /** The Prometheus text, and its content type. */
  metrics: { contentType: string; text: () => Promise<string> };
  chat: StaticFolder;
  sdk: StaticFolder;
  /** Pages of a test, below `/pages/`. */
  pages?: StaticFolder;
  /** In development mode only. */
  dev?: DevAccounts;
  objectsOrigin?: string;
  failed: (error: unknown) => void;
}

const CHAT_MISSING = 'The chat app is not built: run `npm run build` and start again.\n';

/** Pages of any origin may load the SDK, by a script tag or as a module. */
const FOR_EVERY_ORIGIN = {
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

/** What is served beside the sockets. Every handler works on a Request alone, so tests need no port. */
export function buildApp(options: AppOptions): Hono<PeerEnv> {
  const app = new Hono<PeerEnv>();
  app.use(securityHeaders(contentSecurityPolicy(options.objectsOrigin)));
  app.onError((error, context) => {
    options.failed(error);
    return context.text('Internal server error\n', 500);
  });
  app.notFound((context) => context.text('Not found\n', 404));
  app.use(onlyReading);

  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    const state = await options.readiness.check();
    return state.ready ? context.text('ready\n') : context.text(`not ready: ${state.reason}\n`, 503);
  });
  app.get('/metrics', onlyLocal, metricsHandler(options.metrics));
  app.get('/ws', (context) => context.text('Open a WebSocket here\n', 426, { Upgrade: 'websocket' }));
  if (options.dev !== undefined) app.route('/', devRoutes(options.dev));
  if (options.pages !== undefined) app.get('/pages/*', serveFolder(options.pages, '/pages/'));
  app.get('/sdk/*', serveFolder(options.sdk, '/sdk/', FOR_EVERY_ORIGIN));
  if (options.chat.size > 0) app.get('/*', serveFolder(options.chat, '/'));
  else app.get('/', (context) => context.text(CHAT_MISSING, 503));
  return app;
}

/** A listener of its own for a scraper on another machine: it serves the metrics and nothing else. */
export function buildMetricsApp(metrics: AppOptions['metrics']): Hono<PeerEnv> {
  const app = new Hono<PeerEnv>();
  app.use(onlyReading);
  app.notFound((context) => context.text('Not found\n', 404));
  app.get('/metrics', metricsHandler(metrics));
  return app;
}

function metricsHandler({ contentType, text }: AppOptions['metrics']): Handler {
  return async (context) => context.body(await text(), 200, { 'Content-Type': contentType });
}

/** Nothing here is changed by a request. */
const onlyReading: Handler = async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
  return context.text('Method not allowed\n', 405, { Allow: 'GET, HEAD' });
};
