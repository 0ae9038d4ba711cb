import { EVENT, STERNA_VERSION, TSignaling, TYPES, VERSION } from './constants.ts';
import { createEmitter } from './emitter.ts';
import { sdkError } from './errors.ts';
import { callExperimentalAPI } from './experimental.ts';
import { ANYBODY, createFacade, type Gate } from './facade.ts';
import { createLogger } from './logger.ts';
import type { Logger, LogSink } from './logger.ts';
import type { EngineFactory, Methods } from './module.ts';
import { property } from './messages/values.ts';
import { createPlugins } from './plugins.ts';
import * as SDK_ERRORS from './sdk-errors.ts';
import type { ChatSDK, CreateOptions, TIMStatic } from './types/sdk.ts';

const REGISTRY = Symbol.for('sterna.instances');

type Instances = Map<number, ChatSDK>;

/** Where every copy of the SDK in the page finds the instances, whatever its module format. */
function shared(own: Instances): Instances {
  // Engines of 2018, and mini programs, know no `globalThis`; a mini program has one copy of the SDK anyway.
  if (typeof globalThis === 'undefined') return own;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this function writes under the symbol
  const host = globalThis as { [REGISTRY]?: Instances };
  return (host[REGISTRY] ??= own);
}

/** Makes the default export around an engine that leaves out the `unbuilt` methods; nothing runs before the first `create`. */
export function composeTIM(engine: EngineFactory, unbuilt: string, sink: LogSink): TIMStatic {
  const own: Instances = new Map();
  const create = (options: CreateOptions): ChatSDK => {
    const instances = shared(own);
    const key = Number(property(options, 'SDKAppID'));
    const existing = instances.get(key);
    if (existing) return existing;
    const logger = createLogger(sink);
    const gate = { open: ANYBODY };
    const face = build(engine, { logger, gate, free: () => instances.delete(key) }, options);
    const instance = createFacade(face, unbuilt, logger, gate);
    instances.set(key, instance);
    return instance;
  };
  const tim = { create, EVENT, TYPES, TSignaling, VERSION, STERNA_VERSION } as const;
  // Compilers of every age read `default` off a required module; hidden, because applications persist the export as JSON.
  return Object.defineProperty(tim, 'default', { value: tim });
}

function build(
  engine: EngineFactory,
  parts: { logger: Logger; gate: Gate; free: () => void },
  options: CreateOptions,
): Methods {
  const { logger } = parts;
  const plugins = createPlugins();
  const emitter = createEmitter((name, error) => {
    logger.error(`A handler of ${name} threw`, {
      stack: error instanceof Error ? error.stack : String(error),
    });
  });
  const methods: Methods = {
    ...engine({ ...parts, options: options || {}, emitter, plugins }),
    on: emitter.on,
    once: emitter.once,
    off: emitter.off,
    setLogLevel: logger.setLevel,
    registerPlugin(added) {
      plugins.register(added);
      const log = added['sterna-logger'];
      if (typeof log === 'function') logger.setSink(log);
      else if (log) logger.warn('sterna-logger is no function');
    },
    callExperimentalAPI,
    downloadLog: () => logger.info('There is no log file: register a sterna-logger'),
  };
  // Applications create an instance before they know their number: only its login has to have one.
  if (!(Number(property(options, 'SDKAppID')) > 0))
    methods.login = () => Promise.reject(sdkError(SDK_ERRORS.noSDKAppID));
  return methods;
}
