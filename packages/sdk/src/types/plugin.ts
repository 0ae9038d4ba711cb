/**
 * A plug-in's class as it is imported: the COS SDK for pages or mini programs, or the published upload plug-in. Which of
 * its methods are called is our affair, so any version's typings will do.
 */
export type PluginClass = new (...args: never[]) => object;

/** The keys that `registerPlugin` knows; others are kept and ignored. */
export interface PluginMap {
  'cos-js-sdk'?: PluginClass | undefined;
  'cos-wx-sdk'?: PluginClass | undefined;
  'tim-upload-plugin'?: PluginClass | undefined;
  'tim-profanity-filter-plugin'?: unknown;
  'tim-offline-push-plugin'?: unknown;
  offlinePushConfig?: object | undefined;
  /** Ours: where the log's lines go instead of the console; a line at which it throws goes there all the same. */
  'sterna-logger'?: (kind: 'debug' | 'info' | 'warn' | 'error', text: string, fields: object) => void;
  [key: string]: unknown;
}
