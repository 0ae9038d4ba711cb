import type { Cabinet } from './cabinet.ts';

const DATABASE = 'sterna';
const TEXTS = 'texts';

/** IndexedDB, opened anew for each call: an open database of a page in the back-forward cache would be in others' way. */
export const browserCabinet: Cabinet = {
  read: async (name) => {
    const text: unknown = await within('readonly', (texts) => texts.get(name));
    return typeof text === 'string' ? text : undefined;
  },
  write: async (name, text) => void (await within('readwrite', (texts) => texts.put(text, name))),
  remove: async (name) => void (await within('readwrite', (texts) => texts.delete(name))),
};

/** Resolves when the device has it. Where storage is denied even asking for it throws. */
function within(mode: IDBTransactionMode, run: (texts: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TEXTS);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(TEXTS, mode);
      const request = run(transaction.objectStore(TEXTS));
      const end = (settle: () => void) => (): void => {
        database.close();
        settle();
      };
      transaction.oncomplete = end(() => resolve(request.result));
      transaction.onabort = end(() => reject(transaction.error));
    };
  });
}
