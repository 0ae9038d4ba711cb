export { createLocalBus, type LocalBusOptions } from './local-bus.ts';
export { openNatsBus, type NatsBusOptions } from './nats/nats-bus.ts';
