import type { ConversationEvent, InboxEvent, PushBody, PushName } from '@sterna/protocol';
import { property } from '../messages/values.ts';
import type { EngineModule } from './engine-module.ts';

type Hook = 'onConnect' | 'onLogin' | 'onLogout' | 'onReset' | 'onSnapshot' | 'onShown';

/** Tells all domains of what happens, in the order in which they are listed. */
export interface Tell {
  <Name extends Hook>(hook: Name, args: Parameters<NonNullable<EngineModule[Name]>>): void;
  /** For those that have a handler of this name. */
  (hook: 'onEvent', args: [string, ConversationEvent, number], name: ConversationEvent['t']): void;
  (hook: 'onInbox', args: [InboxEvent], name: InboxEvent['t']): void;
  (hook: 'onPush', args: [PushBody<PushName>], name: PushName): void;
}

export function createTell(modules: () => readonly EngineModule[]): Tell {
  return (hook: keyof EngineModule, args: readonly unknown[], name?: string) => {
    for (const module of modules()) {
      const found: unknown = module[hook];
      const handler = name === undefined ? found : property(found, name);
      if (typeof handler === 'function') Reflect.apply(handler, undefined, args);
    }
  };
}
