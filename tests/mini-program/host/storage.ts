import { LIMITS } from './limits.ts';

type StorageCalls = Pick<
  WechatMiniprogram.Wx,
  | 'getStorage'
  | 'setStorage'
  | 'removeStorage'
  | 'getStorageSync'
  | 'setStorageSync'
  | 'removeStorageSync'
  | 'clearStorageSync'
  | 'getStorageInfoSync'
>;
type StorageInfo = ReturnType<StorageCalls['getStorageInfoSync']>;

export interface StorageModel {
  readonly calls: StorageCalls;
  /** From now on every call throws, as where the user has denied it or the disk is full. */
  deny(): void;
}

/** What lies on a device under a program's name, whether it runs or not. */
export type Disk = Map<string, string>;

/** Storage with the host's two limits; values are kept as the host does, as JSON. */
export function createStorage(post: (run: () => void) => void, values: Disk = new Map()): StorageModel {
  let isDenied = false;
  const bytes = (): number => [...values].reduce((sum, [key, value]) => sum + sizeOf(key) + sizeOf(value), 0);
  const check = (call: string): void => {
    if (isDenied) throw new Error(`${call}:fail`);
  };
  const sync = createSyncCalls(values, check, bytes);
  return {
    deny: () => void (isDenied = true),
    calls: { ...sync, ...createAsyncCalls(sync, post) },
  };
}
type SyncCalls = Omit<StorageCalls, 'getStorage' | 'setStorage' | 'removeStorage'>;

function createSyncCalls(values: Disk, check: (call: string) => void, bytes: () => number): SyncCalls {
  return {
    getStorageSync(key) {
      check('getStorageSync');
      const value = values.get(key);
      return value === undefined ? '' : JSON.parse(value);
    },
    setStorageSync(key, data) {
      check('setStorageSync');
      const value = JSON.stringify(data);
      if (sizeOf(value) > LIMITS.storageKeyBytes) {
        throw new Error('setStorageSync:fail entry size limit reached');
      }
      const before = values.get(key);
      values.set(key, value);
      if (bytes() <= LIMITS.storageBytes) return;
      if (before === undefined) values.delete(key);
      else values.set(key, before);
      throw new Error('setStorageSync:fail the storage limit has been exceeded');
    },
    removeStorageSync(key) {
      check('removeStorageSync');
      values.delete(key);
    },
    clearStorageSync: () => values.clear(),
    getStorageInfoSync: (): StorageInfo => ({
      keys: [...values.keys()],
      currentSize: Math.ceil(bytes() / 1024),
      limitSize: LIMITS.storageBytes / 1024,
    }),
  };
}

/** The same, answered by callbacks; that there is nothing is a failure here. */
function createAsyncCalls(
  { getStorageSync, setStorageSync, removeStorageSync }: SyncCalls,
  post: (run: () => void) => void,
): Pick<StorageCalls, 'getStorage' | 'setStorage' | 'removeStorage'> {
  interface Ends {
    success?: (result: never) => void;
    fail?: (result: never) => void;
  }
  const answer = ({ success, fail }: Ends, run: () => object): void =>
    queueMicrotask(() =>
      post(() => {
        try {
          const result = run();
          success?.(result as never);
        } catch (error) {
          fail?.({ errMsg: (error as Error).message } as never);
        }
      }),
    );
  const calls = {
    getStorage: (options: WechatMiniprogram.GetStorageOption) =>
      answer(options, () => {
        const data: unknown = getStorageSync(options.key);
        if (data === '') throw new Error('getStorage:fail data not found');
        return { data, errMsg: 'getStorage:ok' };
      }),
    setStorage: (options: WechatMiniprogram.SetStorageOption) =>
      answer(options, () => {
        setStorageSync(options.key, options.data);
        return { errMsg: 'setStorage:ok' };
      }),
    removeStorage: (options: WechatMiniprogram.RemoveStorageOption) =>
      answer(options, () => {
        removeStorageSync(options.key);
        return { errMsg: 'removeStorage:ok' };
      }),
  };
  // With callbacks none of them gives a promise, which the typings say by the type of the argument.
  return calls as never;
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
