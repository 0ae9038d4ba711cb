import { LIMITS } from './limits.ts';

type StorageCalls = Pick<
  WechatMiniprogram.Wx,
  'getStorageSync' | 'setStorageSync' | 'removeStorageSync' | 'clearStorageSync' | 'getStorageInfoSync'
>;

export interface StorageModel {
  readonly calls: StorageCalls;
  /** From now on every call throws, as where the user has denied it or the disk is full. */
  deny(): void;
}

/** Storage with the host's two limits; values are kept as the host does, as JSON. */
export function createStorage(): StorageModel {
  const values = new Map<string, string>();
  let isDenied = false;
  const bytes = (): number => [...values].reduce((sum, [key, value]) => sum + sizeOf(key) + sizeOf(value), 0);
  const check = (call: string): void => {
    if (isDenied) throw new Error(`${call}:fail`);
  };
  return {
    deny: () => void (isDenied = true),
    calls: {
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
      getStorageInfoSync: () => ({
        keys: [...values.keys()],
        currentSize: Math.ceil(bytes() / 1024),
        limitSize: LIMITS.storageBytes / 1024,
      }),
    },
  };
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
