import type { PluginMap } from './types/plugin.ts';

export interface Plugins {
  register(plugins: PluginMap): void;
  get<Key extends keyof PluginMap>(key: Key): PluginMap[Key];
}

/** Keeps whatever is registered, by its published key; a later registration of a key replaces the earlier. */
export function createPlugins(): Plugins {
  const registered: PluginMap = {};
  return {
    register: (plugins) => void Object.assign(registered, plugins),
    get: (key) => registered[key],
  };
}
