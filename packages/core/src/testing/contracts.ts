// Apart from the other test ports: these import the test runner, and a simulation runs without one.
export { busContract, type BusGround } from './bus.contract.ts';
export { storeContract, type StoreGround } from './store-contract/index.ts';
export { anyScript, ONCE_SCOPE, SCRIPT_SCOPES } from './store-contract/drift.contract.ts';
export { searchIndexCases, type SearchGround } from './search-index.contract.ts';
