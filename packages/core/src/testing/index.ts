export { loggedIn, loginCommand, sendCommand } from './domain-commands.ts';
export { createFakeClock, type FakeClock } from './fake-clock.ts';
export {
  type CommitFate,
  createMemoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
  type StoreSnapshot,
} from './memory-store.ts';
export {
  plain,
  play,
  played,
  type Script,
  scripted,
  scriptRules,
  type Step,
  textEvent,
  textOf,
} from './script-rules.ts';
export { createMemorySearch, type MemorySearch } from './memory-search.ts';
export { createSeededRandom, type SeededRandom } from './seeded-random.ts';
