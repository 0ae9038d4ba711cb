export {
  type Exit,
  type ServerProcess,
  type SpawnedServer,
  spawnServer,
  type SpawnOptions,
} from './spawn-server.ts';
export { startServer, type StartOptions, type TestServer } from './start-server.ts';
export { type Credentials, TEST_APP_ID } from './test-app.ts';
