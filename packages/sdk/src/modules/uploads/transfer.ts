import type { ReplyOf } from '@sterna/protocol';
import type { Files } from '../../platform/files.ts';
import type { LocalFile } from '../../types/payload.ts';
import type { PluginClass, PluginMap } from '../../types/plugin.ts';
import { property } from '../../messages/values.ts';

export type Grant = ReplyOf<'upload.begin'>;

/** One file on its way to its key. */
export interface Transfer {
  file: LocalFile;
  /** A mini program's temporary path; empty in a browser. */
  path: string;
  size: number;
  grant: Grant;
  /** The grant, or a newer one when it is about to run out. */
  renew(): Promise<Grant>;
  progress(fraction: number): void;
  /** How to end it early. */
  onStop(stop: () => void): void;
}

/** Below it one request is quicker; above it, what has arrived of a file need not be sent again. */
const SLICES_FROM = 5 * 1024 * 1024;

/** The most that the plug-in allows. */
const PLUGIN_TIMEOUT_MS = 300_000;

type Callback = (error: unknown) => void;

/** What carries files: the newest of the plug-ins that the application has registered, else the platform's own means. */
export function chooseCarrier(
  get: <Key extends keyof PluginMap>(key: Key) => PluginMap[Key],
  files: Files,
): { carry(transfer: Transfer): Promise<void>; isPlugin: boolean } {
  const Plugin = get('tim-upload-plugin');
  const COS = get('cos-js-sdk') ?? get('cos-wx-sdk');
  if (Plugin) return { carry: (transfer) => byPlugin(Plugin, transfer), isPlugin: true };
  if (COS) return { carry: (transfer) => byCOS(COS, transfer), isPlugin: true };
  return { carry: files.send, isPlugin: false };
}

function construct(made: PluginClass, ...args: object[]): unknown {
  return Reflect.construct(made, args);
}

/** A promise for a call with Node's kind of callback, of an object that is known by its documentation only. */
function called(target: unknown, method: string, parameters: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error) => (error ? reject(error) : resolve());
    invoke(target, method, parameters, callback);
  });
}

function invoke(target: unknown, method: string, ...args: unknown[]): void {
  const call = property(target, method);
  if (typeof call !== 'function') throw new TypeError(`the plug-in has no ${method}`);
  Reflect.apply(call, target, args);
}

function fractionOf(event: unknown): number {
  return Number(property(event, 'percent')) || 0;
}

function byPlugin(Plugin: PluginClass, { file, path, grant, progress }: Transfer): Promise<void> {
  return called(construct(Plugin), 'uploadFile', {
    url: grant.putURL,
    method: 'PUT',
    headers: {},
    resources: path || file,
    downloadUrl: grant.putURL,
    timeout: PLUGIN_TIMEOUT_MS,
    onProgress: (event: unknown) => progress(fractionOf(event)),
  });
}

function byCOS(COS: PluginClass, transfer: Transfer): Promise<void> {
  const { file, path, size, grant, renew, progress, onStop } = transfer;
  const { bucket: Bucket, region: Region, key: Key, url } = grant;
  const cos = construct(COS, {
    // With its scheme: the mini-program flavour has no other place for it.
    Domain: url,
    Protocol: url.slice(0, url.indexOf('/')),
    getAuthorization: (_: unknown, answer: (credential: object) => void) =>
      void renew().then(
        ({ credential }) => answer({ ...credential, XCosSecurityToken: credential.SecurityToken }),
        // An empty answer is its way to say no.
        () => answer({}),
      ),
  });
  const onTaskReady = (task: unknown): void => onStop(() => invoke(cos, 'cancelTask', task));
  const source = path ? { FilePath: path, FileSize: size } : { Body: file };
  const isSliced = size > SLICES_FROM && typeof property(cos, 'sliceUploadFile') === 'function';
  const whole = path ? 'postObject' : 'putObject';
  return called(cos, isSliced ? 'sliceUploadFile' : whole, {
    Bucket,
    Region,
    Key,
    ...source,
    onTaskReady,
    onProgress: (event: unknown) => progress(fractionOf(event)),
  });
}
