import type { Cabinet } from './cabinet.ts';
import { findHost, reasonOf, type HostFailure, type MiniProgramHost } from './wx-host.ts';

/** The storage of a mini program, which its host keeps apart from that of others. */
export function createWxCabinet(host: () => MiniProgramHost = findHost): Cabinet {
  return {
    read: (key) =>
      new Promise((resolve, reject) => {
        const { getStorage } = host();
        if (!getStorage) return reject(new Error(NONE));
        // Most hosts call it a failure that there is nothing.
        const fail = (): void => resolve(undefined);
        getStorage({
          key,
          success: ({ data }) => resolve(typeof data === 'string' ? data : undefined),
          fail,
        });
      }),
    write: (key, data) =>
      settled((ends) => {
        const { setStorage } = host();
        if (setStorage) setStorage({ key, data, ...ends });
        else ends.fail({ errMsg: NONE });
      }),
    remove: (key) =>
      settled((ends) => {
        const { removeStorage } = host();
        if (removeStorage) removeStorage({ key, ...ends });
        else ends.fail({ errMsg: NONE });
      }),
  };
}

const NONE = 'this host has no storage';

function settled(run: (ends: { success(): void; fail(result: HostFailure): void }) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run({ success: resolve, fail: (result) => reject(new Error(reasonOf(result, 'the storage failed'))) });
  });
}
