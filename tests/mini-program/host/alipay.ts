import type { ModelledWx } from './host.ts';

/** The same calls as Alipay has them, with the types of its own typings. */
export type ModelledMy = Pick<
  typeof my,
  'onNetworkStatusChange' | 'offNetworkStatusChange' | 'onAppShow' | 'offAppShow' | 'onAppHide' | 'offAppHide'
> & {
  connectSocket(options: SocketOptions): my.SocketTask | undefined;
  getStorage(options: Parameters<typeof my.getStorage>[0]): void;
  setStorage(options: Parameters<typeof my.setStorage>[0]): void;
  removeStorage(options: Parameters<typeof my.removeStorage>[0]): void;
};
type SocketOptions = Parameters<typeof my.connectSocket>[0];
type Failed = ((error: { error?: number; errorMessage?: string }) => void) | undefined;

const SOCKET = { socketTaskID: '1' };

/**
 * The same device in Alipay's words: what a socket tells is wrapped once more, a close has no code and no reason, failures have
 * other names, and reading what was never stored succeeds.
 */
export function asAlipay(wx: ModelledWx): ModelledMy {
  return {
    connectSocket: ({ multiple, url }) => (multiple === true ? connect(wx, url) : undefined),
    getStorage: ({ key, success }) =>
      wx.getStorage({
        key,
        success: ({ data }) => success?.({ data: data as unknown }),
        fail: () => success?.({ data: null }),
      }),
    setStorage: ({ key, data, success, fail }) =>
      wx.setStorage({ key, data, success: () => success?.({}), fail: failing(fail) }),
    removeStorage: ({ key, success, fail }) =>
      wx.removeStorage({ key, success: () => success?.({ success: true }), fail: failing(fail) }),
    onNetworkStatusChange: (listener) => wx.onNetworkStatusChange(listener as never),
    offNetworkStatusChange: (listener) => wx.offNetworkStatusChange(listener as never),
    onAppShow: (listener) => wx.onAppShow(listener as never),
    offAppShow: (listener) => wx.offAppShow(listener as never),
    onAppHide: (listener) => wx.onAppHide(listener),
    offAppHide: (listener) => wx.offAppHide(listener),
  };
}

/** A socket of its own, which a program gets only if it asks for several; a refusal is an error of it. */
function connect(wx: ModelledWx, url: string): my.SocketTask {
  const onError: ((event: { data: typeof SOCKET; error: number }) => void)[] = [];
  const refuse = (): void => onError.forEach((listener) => listener({ data: SOCKET, error: 12 }));
  const task = wx.connectSocket({ url, fail: refuse });
  const off = (): void => undefined;
  return {
    onOpen: (listener) => task.onOpen(() => listener({ data: SOCKET })),
    onMessage: (listener) =>
      task.onMessage(({ data }) =>
        listener({ data: { ...SOCKET, data, isBuffer: typeof data !== 'string' } }),
      ),
    onClose: (listener) => task.onClose(() => listener({ data: SOCKET })),
    onError(listener) {
      onError.push(listener);
      task.onError(() => listener({ data: SOCKET, error: 12 }));
    },
    send({ data, success, fail }) {
      task.send({ data, success: () => success?.({ success: true }), fail: failing(fail) });
      return Promise.resolve({ success: true });
    },
    close({ code, reason, success, fail } = {}) {
      task.close({
        ...(code !== undefined && { code }),
        ...(reason !== undefined && { reason }),
        success: () => success?.({ message: '' }),
        fail: failing(fail),
      });
      return Promise.resolve({ message: '' });
    },
    offOpen: off,
    offMessage: off,
    offClose: off,
    offError: off,
  };
}

function failing(fail: Failed): (result: { errMsg: string }) => void {
  return ({ errMsg }) => fail?.({ error: 12, errorMessage: errMsg });
}
