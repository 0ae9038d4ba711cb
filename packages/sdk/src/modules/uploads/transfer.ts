import type { ReplyOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import { property } from '../../messages/values.ts';
import type { Files, Sending } from '../../platform/files.ts';
import type { Plugins } from '../../plugins.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { PluginClass } from '../../types/plugin.ts';
import type { CreateOptions } from '../../types/sdk.ts';

export type Grant = ReplyOf<'upload.begin'>;

/** One file on its way to its key. */
export interface Transfer extends Sending {
  grant: Grant;
  size: number;
  /** The grant, or a newer one when it is about to run out. */
  renew(): Promise<Grant>;
}

/** Below it one request is quicker; above it, what has arrived of a file need not be sent again. */
const SLICES_FROM = 5 * 1024 * 1024;

/** The most that the plug-in allows. */
const PLUGIN_TIMEOUT_MS = 300_000;

/** What sends a file: the newest kind of what the application has registered, or the host's own means, if they will do. */
export function carrierOf(
  { get }: Plugins,
  files: Files,
  { useUploadPlugin }: CreateOptions,
): (transfer: Transfer) => Promise<void> {
  const Plugin = get('tim-upload-plugin');
  const COS = get('cos-js-sdk') || get('cos-wx-sdk');
  if (Plugin) return (transfer) => byPlugin(Plugin, transfer);
  if (COS) return (transfer) => byCOS(COS, transfer);
  if (useUploadPlugin) throw sdkError(SDK_ERRORS.noUploader);
  return files.send;
}

/** Calls a method of an object that is known by its documentation only. */
function invoke(target: unknown, method: string, ...args: unknown[]): void {
  const call = property(target, method);
  if (typeof call !== 'function') throw new TypeError(`the plug-in has no ${method}`);
  Reflect.apply(call, target, args);
}

/** The same where the method takes Node's kind of callback. */
function called(target: unknown, method: string, { progress }: Transfer, parameters: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const onProgress = (event: unknown): void => progress(Number(property(event, 'percent')) || 0);
    invoke(target, method, { ...parameters, onProgress }, (error: unknown) =>
      error ? reject(error) : resolve(),
    );
  });
}

function byPlugin(Plugin: PluginClass, transfer: Transfer): Promise<void> {
  const { file, path, grant } = transfer;
  return called(Reflect.construct(Plugin, []), 'uploadFile', transfer, {
    url: grant.putURL,
    method: 'PUT',
    headers: {},
    resources: path || file,
    downloadUrl: grant.putURL,
    timeout: PLUGIN_TIMEOUT_MS,
  });
}

function byCOS(COS: PluginClass, transfer: Transfer): Promise<void> {
  const { file, path, size, grant, renew, onStop } = transfer;
  const { bucket, region, key, url } = grant;
  const options = {
    // With its scheme: the mini-program flavour has no other place for it.
    Domain: url,
    Protocol: url.split('/')[0],
    getAuthorization: (_: unknown, answer: (credential: object) => void) =>
      void renew().then(
        ({ credential }) => answer({ ...credential, XCosSecurityToken: credential.SecurityToken }),
        // An empty answer is its way to say no.
        () => answer({}),
      ),
  };
  const cos: unknown = Reflect.construct(COS, [options]);
  const isSliced = size > SLICES_FROM && property(cos, 'sliceUploadFile');
  return called(cos, isSliced ? 'sliceUploadFile' : path ? 'postObject' : 'putObject', transfer, {
    Bucket: bucket,
    Region: region,
    Key: key,
    ...(path ? { FilePath: path, FileSize: size } : { Body: file }),
    onTaskReady: (task: unknown) => onStop(() => invoke(cos, 'cancelTask', task)),
  });
}
