export { createGateway, type Gateway } from './gateway.ts';
export type { Authentication, GatewayDeps, GatewayEvents, GatewayLimits } from './deps.ts';
export type { GatewaySocket, SocketHandlers } from './socket.ts';
