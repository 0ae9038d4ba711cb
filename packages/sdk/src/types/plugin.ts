/** The COS SDK's class, as its own typings describe it: the part that uploads. */
export interface CosUploader {
  new (options: object): object;
}

/** The published upload plugin's class: one method, a callback of Node's shape. */
export interface UploadPlugin {
  new (): {
    uploadFile(
      options: object,
      callback: (error: { code?: number; message?: string } | null, result?: object) => void,
    ): void;
  };
}

/** The keys that `registerPlugin` knows; others are kept and ignored. */
export interface PluginMap {
  'cos-js-sdk'?: CosUploader | undefined;
  'cos-wx-sdk'?: CosUploader | undefined;
  'tim-upload-plugin'?: UploadPlugin | undefined;
  'tim-profanity-filter-plugin'?: unknown;
  'tim-offline-push-plugin'?: unknown;
  offlinePushConfig?: object | undefined;
  /** Ours: where the log's lines go instead of the console. */
  'sterna-logger'?: (kind: 'debug' | 'info' | 'warn' | 'error', text: string, fields: object) => void;
  [key: string]: unknown;
}
