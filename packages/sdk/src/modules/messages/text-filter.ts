import { sdkError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';

interface Filter {
  /** The text as it may be said; anything but a text: it may not. */
  filter(text: string): unknown;
}

const isFilter = (value: unknown): value is Filter =>
  typeof value === 'object' && value !== null && 'filter' in value && typeof value.filter === 'function';

/**
 * The plug-in point for a local filter of texts, under the published key: an object with `filter(text)`, or a class of such.
 * One that cannot be made, as the published one without its service, is as none.
 */
export function textFilter(context: EngineContext): EngineModule {
  const { logger, plugins } = context;
  let known: unknown;
  let made: unknown;

  function filter(): Filter | undefined {
    const plugin = plugins.get('tim-profanity-filter-plugin');
    if (plugin !== known) {
      known = plugin;
      made = typeof plugin === 'function' ? Reflect.construct(plugin, []) : plugin;
    }
    return isFilter(made) ? made : undefined;
  }

  function filtered(text: string): unknown {
    try {
      const found = filter();
      return found ? found.filter(text) : text;
    } catch (error) {
      logger.warn('The text filter does not work', { cause: String(error) });
      return text;
    }
  }

  context.filterText = ({ payload }, options) => {
    if (!('text' in payload) || options?.messageControlInfo?.excludedFromContentModeration) return undefined;
    const text = filtered(payload.text);
    if (typeof text !== 'string') return sdkError(SDK_ERRORS.forbidden);
    payload.text = text;
    return undefined;
  };
  return { methods: {} };
}
