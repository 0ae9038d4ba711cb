export { buildServer, type ServerOptions, type StoreDeps } from './build-server.ts';
export { ConfigurationError, loadSettings } from './config/load-settings.ts';
export type { AppConfiguration, Settings } from './config/settings.ts';
export { createLog, type Log, type LogFields } from './logger.ts';
export type { RunningServer } from './running-server.ts';
