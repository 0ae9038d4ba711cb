import { type RefObject, useLayoutEffect, useSyncExternalStore } from 'react';

/** The modal windows that are open, each above those before it. */
let open: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

function change(next: readonly HTMLDialogElement[]): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Shows a `<dialog>` over everything for as long as it is there. */
export function useModal(ref: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    dialog.showModal();
    change([...open, dialog]);
    return () => {
      dialog.close();
      change(open.filter((each) => each !== dialog));
    };
  }, [ref]);
}

/** Where something must stand that is seen, read out and clicked: outside of the topmost modal window nothing is. */
export function useTopPlace(): HTMLElement {
  return useSyncExternalStore(subscribe, () => open.at(-1)) ?? document.body;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
