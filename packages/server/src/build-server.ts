import { fileURLToPath } from 'node:url';
import { createLocalBus, openNatsBus } from '@sterna/bus';
import {
  type Bus,
  type Clock,
  type CoreDeps,
  createSearchFollower,
  noHooks,
  type Objects,
  type SearchIndex,
  type Store,
} from '@sterna/core';
import { openPostgresStore, openSearchIndex, SqliteStore } from '@sterna/store';
import { sign } from '@sterna/usersig';
import { createClientAddress } from './adapters/client-address.ts';
import { cryptoRandom } from './adapters/crypto-random.ts';
import { type DataFolder, openDataFolder } from './adapters/data-folder.ts';
import { createHttpLanguage } from './adapters/http-language.ts';
import { type HttpListener, listen } from './adapters/http-listener.ts';
import { loadFolder } from './adapters/load-folder.ts';
import { openProcessReadings } from './adapters/process-readings.ts';
import { requestListener } from './adapters/request-listener.ts';
import { folderInUse, isHeldByAnother, portChosenBy, StartFailure } from './adapters/start-failure.ts';
import { systemClock } from './adapters/system-clock.ts';
import { createUpgrades, type Upgrades } from './adapters/ws-upgrade.ts';
import { type AppTable, createAppTable } from './app-table.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Settings } from './config/settings.ts';
import { DEMO_APP_ID, demoApp } from './dev/demo-app.ts';
import { DEMO_USERS } from './dev/demo-users.ts';
import { introduceDemoUsers } from './dev/introduce-demo-users.ts';
import { createEvents, type ServerEvents } from './events.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createReadiness, type Readiness } from './health.ts';
import { type AppOptions, buildApp, buildMetricsApp } from './http/build-app.ts';
import type { DevAccounts } from './http/dev-routes.ts';
import { createOriginRule, type OriginRule, withLoopback } from './http/origin.ts';
import { type Admission, createAdmission } from './limiting/admission.ts';
import { createLoginFailures } from './limiting/login-failures.ts';
import { createOriginWarnings } from './limiting/origin-warnings.ts';
import { plainAddress, shortenedAddress } from './limiting/network.ts';
import type { Log } from './logger.ts';
import { addGauges, createMetrics, type Metrics } from './metrics.ts';
import { createObjectsPort } from './objects/objects-port.ts';
import { openObjects } from './objects/open-objects.ts';
import { observeStore } from './observed-store.ts';
import { runningServer, type RunningServer } from './running-server.ts';

/** What the caller of a server decides; everything else is in the settings. */
export interface ServerOptions {
  settings: Settings;
  log: Log;
  /** The server cannot go on, say because its disk failed: the process must end. */
  onFatal: (error: unknown) => void;
  /** Another store than the settings name, for tests. */
  openStore?: (deps: StoreDeps) => Promise<Store>;
  /** A folder of pages to serve below `/pages/`, for tests. */
  pages?: string;
}

/** What a store is opened with. */
export interface StoreDeps {
  settings: Settings;
  folder: DataFolder;
  clock: Clock;
  onFatal: (error: unknown) => void;
}

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CHAT_APP = fromHere('../../../apps/chat/dist');
const SDK_BUNDLES = fromHere('../../sdk/dist');

/** Puts a server together and opens its ports. Every part is made here; what fails on the way takes down what was there before. */
export async function buildServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, log } = options;
  await using parts = new AsyncDisposableStack();
  const clock = systemClock;
  const folder = openDataFolder(settings.data);
  const apps = createAppTable(
    settings.mode === 'development' ? [demoApp(folder.developmentSecret())] : settings.apps,
  );
  const metrics = createMetrics();
  const events = createEvents(metrics, log, settings.logAddresses ? plainAddress : shortenedAddress);

  const domain = await openCore({ options, folder, apps, events, clock, parts });
  const files = await openFiles({ options, folder, apps, clock, store: domain.store, parts });
  const objectsURL = files?.url;
  const core = { ...domain, ...(files && { objects: files.objects }) };
  if (settings.mode === 'development') await introduceDemoUsers(core, DEMO_USERS);
  const gateway = buildGateway({ core, settings, apps, events, objectsURL });
  // Its timers look into the store from now on: a start that fails later must end them too.
  parts.defer(() => gateway.drain(0));
  const readiness = createReadiness(core.store, clock);
  const admission = createAdmission(settings.limits, clock);
  const upgrades = buildUpgrades({ settings, apps, gateway, admission, events, clock });
  const readings = {
    connections: () => admission.connections,
    strangers: () => admission.strangers,
    users: () => gateway.users,
    queuedBytes: () => upgrades.queuedBytes(),
  };
  addGauges(metrics.registry, readings, parts.use(openProcessReadings()));

  const app = appOptions({ options, apps, metrics, events, readiness, clock, objectsURL });
  const listener = await openPublicListener(settings, app, upgrades);
  parts.defer(() => listener.close());
  if (settings.metrics !== undefined) {
    const metricsListener = await openMetricsListener(settings.metrics, app.metrics);
    parts.defer(() => metricsListener.close());
  }
  const owned = parts.move();
  return runningServer({
    settings,
    apps,
    objectsURL,
    log,
    clock,
    gateway,
    readiness,
    admission,
    upgrades,
    listener,
    parts: owned,
  });
}

/** Ready before the first client can be told of it. */
async function openFiles(given: {
  options: ServerOptions;
  folder: DataFolder;
  apps: AppTable;
  clock: Clock;
  store: Store;
  parts: AsyncDisposableStack;
}): Promise<{ objects: Objects; url: string } | undefined> {
  const { options, folder, apps, clock, store, parts } = given;
  const { settings, log } = options;
  const { objects } = settings;
  if (objects === undefined) return undefined;
  // Pages of this machine have no list: in development mode the files are for every page that has a signature.
  const allowedOrigins = settings.mode === 'development' ? [] : originsOf(settings, apps);
  const secret = folder.objectsSecret();
  const membersOnly = objects.readers === 'members';
  // The service is asked of before there is who can say.
  const opened: { port?: Objects } = {};
  const service = await openObjects({
    settings,
    objects,
    folder: folder.objects,
    secret,
    allowedOrigins,
    log,
    ...(membersOnly && {
      mayRead: async ({ app, user, key }) =>
        (await opened.port?.readers?.mayRead(Number(app), user, key)) ?? false,
    }),
  });
  parts.defer(() => service.close());
  opened.port = createObjectsPort(service, clock, {
    linkDays: objects.linkDays,
    ...(membersOnly && { membersOf: store }),
  });
  return { objects: opened.port, url: service.offer.publicURL };
}

/** Origins that the settings or an app of them name: when there is one, only those. */
function originsOf(settings: Settings, { apps }: AppTable): readonly string[] {
  return [...settings.allowedOrigins, ...apps.flatMap((app) => app.allowedOrigins)];
}

function originRule(settings: Settings, apps: AppTable): OriginRule {
  const rule = createOriginRule(originsOf(settings, apps));
  return settings.mode === 'development' ? withLoopback(rule) : rule;
}

/** The store and the bus, and with them everything that the domain needs of the world. */
async function openCore(given: {
  options: ServerOptions;
  folder: DataFolder;
  apps: AppTable;
  events: ServerEvents;
  clock: Clock;
  parts: AsyncDisposableStack;
}): Promise<Omit<CoreDeps, 'presence' | 'rooms'>> {
  const { options, folder, apps, events, clock, parts } = given;
  const { settings, onFatal } = options;
  const store = await (options.openStore ?? openStore)({ settings, folder, clock, onFatal });
  parts.defer(() => store.close());
  const search = settings.search ? await openSearch({ store, folder, clock, events, parts }) : undefined;
  const bus = await openBus(settings, events);
  parts.defer(() => bus.close());
  return {
    store: observeStore(store, events, clock),
    ...(search && { search }),
    language: createHttpLanguage(settings),
    bus,
    clock,
    random: cryptoRandom,
    hooks: noHooks,
    settings: (app) => apps.settings(app),
  };
}

function buildUpgrades(given: {
  settings: Settings;
  apps: AppTable;
  gateway: Gateway;
  admission: Admission;
  events: ServerEvents;
  clock: Clock;
}): Upgrades {
  const { settings, apps, gateway, admission, events, clock } = given;
  const isWorthALine = createOriginWarnings(clock);
  return createUpgrades({
    accept: (socket) => gateway.accept(socket),
    isOriginAllowed: originRule(settings, apps),
    admission,
    addressOf: createClientAddress(settings.trustedProxies),
    turnedAway(status, origin) {
      events.turnedAway(status);
      if (status === 403 && origin !== undefined && isWorthALine(origin)) events.originRefused(origin);
    },
    failed: (error) => events.failed('socket', error),
  });
}

/** PostgreSQL where one is configured, else one file in the data folder. */
async function openStore({ settings: { databaseURL }, folder, onFatal }: StoreDeps): Promise<Store> {
  try {
    if (databaseURL !== undefined) return await openPostgresStore({ url: databaseURL });
    return new SqliteStore({ path: folder.database, onFatal });
  } catch (error) {
    if (isHeldByAnother(error)) throw folderInUse(folder.path, error);
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new StartFailure(`the database cannot be opened: ${reason}.`, { cause: error });
  }
}

/** The index follows the store beside the way of the messages, and stops before either is closed. */
async function openSearch(given: {
  store: Store;
  folder: DataFolder;
  clock: Clock;
  events: ServerEvents;
  parts: AsyncDisposableStack;
}): Promise<SearchIndex> {
  const { store, folder, clock, events, parts } = given;
  const index = await openSearchIndex(folder.search);
  const follower = createSearchFollower({
    store,
    index,
    clock,
    failed: (error) => events.failed('search', error),
  });
  parts.defer(async () => {
    follower.stop();
    await index.close();
  });
  return follower.caughtUp;
}

async function openBus(settings: Settings, events: ServerEvents): Promise<Bus> {
  const onError = (error: unknown): void => events.busFailed(error);
  if (settings.natsURL === undefined) return createLocalBus({ onError });
  return openNatsBus({ servers: settings.natsURL, name: 'sterna', onError });
}

function buildGateway(given: {
  core: Omit<CoreDeps, 'presence' | 'rooms'>;
  settings: Settings;
  apps: AppTable;
  events: ServerEvents;
  objectsURL: string | undefined;
}): Gateway {
  const { core, settings, apps, events, objectsURL } = given;
  const { requestsPerSecond, requestBurst, guests, loginFailuresPerMinute } = settings.limits;
  const { clock } = core;
  const failures = createLoginFailures(loginFailuresPerMinute, clock);
  const authenticate = createAuthenticate({
    secretKeys: apps.secretKeys,
    failures,
    clock,
    refused: (app, userID, reason, address) => events.signatureRefused(app, userID, reason, address),
  });
  return createGateway({
    ...core,
    authenticate,
    events,
    limits: { requestsPerSecond, requestBurst, guests },
    ...(objectsURL !== undefined && { objectsURL }),
  });
}

function appOptions(parts: {
  options: ServerOptions;
  apps: AppTable;
  metrics: Metrics;
  events: ServerEvents;
  readiness: Readiness;
  clock: Clock;
  objectsURL: string | undefined;
}): AppOptions {
  const { options, apps, metrics, events, readiness, clock, objectsURL } = parts;
  return {
    readiness,
    metrics: { contentType: metrics.registry.contentType, text: () => metrics.registry.metrics() },
    chat: loadFolder(CHAT_APP),
    sdk: loadFolder(SDK_BUNDLES),
    ...(options.pages !== undefined && { pages: loadFolder(options.pages) }),
    ...(objectsURL !== undefined && { objectsOrigin: new URL(objectsURL).origin }),
    ...(options.settings.mode === 'development' && { dev: devAccounts(apps, clock) }),
    failed: (error) => events.pageFailed(error),
  };
}

/** Signatures of the demo app last a day: long enough for a session at the desk, short enough to be useless when found. */
const DEV_SIGNATURE_S = 24 * 3600;

function devAccounts(apps: AppTable, clock: Clock): DevAccounts {
  const [secretKey = ''] = apps.secretKeys.get(DEMO_APP_ID) ?? [];
  return {
    SDKAppID: DEMO_APP_ID,
    users: DEMO_USERS,
    sign: (userID) =>
      sign({
        SDKAppID: DEMO_APP_ID,
        userID,
        secretKey,
        timeS: Math.floor(clock.nowMs() / 1000),
        expireS: DEV_SIGNATURE_S,
      }),
  };
}

function openPublicListener(
  settings: Settings,
  options: AppOptions,
  upgrades: Upgrades,
): Promise<HttpListener> {
  const listening = listen({
    host: settings.host,
    port: settings.port,
    connections: settings.limits.connections,
    onRequest: requestListener(buildApp(options)),
    onUpgrade: (request, socket, head) => upgrades.handle(request, socket, head),
  });
  return portChosenBy('PORT', listening);
}

function openMetricsListener(
  { host, port }: { host: string; port: number },
  metrics: AppOptions['metrics'],
): Promise<HttpListener> {
  const onRequest = requestListener(buildMetricsApp(metrics));
  return portChosenBy('STERNA_METRICS_PORT', listen({ host, port, connections: 0, onRequest }));
}
