/**
 * The calls of a mini-program host that the SDK makes. WeChat named them, the other hosts follow; which of them an older
 * or another host lacks is its own affair, so every member may be absent.
 */
export interface MiniProgramHost {
  connectSocket?(options: ConnectOptions): SocketTask | undefined;
  onNetworkStatusChange?(listener: NetworkListener): void;
  offNetworkStatusChange?(listener: NetworkListener): void;
  onAppShow?(listener: () => void): void;
  offAppShow?(listener: () => void): void;
  onAppHide?(listener: () => void): void;
  offAppHide?(listener: () => void): void;
  getStorage?(options: {
    key: string;
    success(stored: { data: unknown }): void;
    fail(result: HostFailure): void;
  }): void;
  setStorage?(options: { key: string; data: string; success(): void; fail(result: HostFailure): void }): void;
  removeStorage?(options: { key: string; success(): void; fail(result: HostFailure): void }): void;
  uploadFile?(options: UploadOptions): UploadTask | undefined;
  getFileSystemManager?(): { getFileInfo(options: FileInfoOptions): void };
  /** Alipay's older way. */
  getFileInfo?(options: FileInfoOptions): void;
}

export interface FileInfoOptions {
  filePath: string;
  /** Alipay's older name of it. */
  apFilePath: string;
  success(info: { size: number }): void;
  fail(): void;
}

/** Why a call failed; Alipay has its own name for it. */
export interface HostFailure {
  errMsg?: string;
  errorMessage?: string;
}

export function reasonOf({ errMsg, errorMessage }: HostFailure, otherwise: string): string {
  return errMsg || errorMessage || otherwise;
}

export interface UploadOptions {
  url: string;
  filePath: string;
  /** The form's field that is the file. */
  name: string;
  /** The same for Alipay, which wants to know besides what the file is. */
  fileName: string;
  fileType: 'image' | 'video' | 'audio';
  formData: Record<string, string>;
  success(answer: { statusCode: number; data: string }): void;
  fail(result: HostFailure): void;
}

export interface UploadTask {
  /** Percent. */
  onProgressUpdate?(listener: (event: { progress: number }) => void): void;
  abort(): void;
}

export interface ConnectOptions {
  url: string;
  timeout?: number;
  /** Alipay's switch for sockets that are objects; others ignore it. */
  multiple?: boolean;
  fail?(result: HostFailure): void;
  /** uni-app hands out a promise in place of the task where no callback is passed. */
  complete?(): void;
}

export interface SocketTask {
  send(options: { data: string; success?(): void; fail?(result: HostFailure): void }): void;
  close(options: { code?: number; reason?: string; success?(): void; fail?(): void }): void;
  onOpen(listener: () => void): void;
  onMessage(listener: (message: { data: unknown }) => void): void;
  onClose(listener: (result: { code?: number; reason?: string }) => void): void;
  onError(listener: (result: HostFailure) => void): void;
}

export type NetworkListener = (status: { isConnected: boolean }) => void;

// A mini program's files see their host as a free variable, which is no property of any global object.
declare const uni: unknown;
declare const qq: unknown;
declare const tt: unknown;
declare const swan: unknown;
declare const my: unknown;
declare const wx: unknown;

/**
 * The host that this code runs in; an empty one where there is none, so that an instance can be made anywhere.
 * uni-app comes first, because it evens out what the hosts below it do differently; WeChat last, because others have
 * a `wx` for the sake of programs that know no better.
 */
export function findHost(): MiniProgramHost {
  const candidates = [
    typeof uni === 'undefined' ? undefined : uni,
    typeof qq === 'undefined' ? undefined : qq,
    typeof tt === 'undefined' ? undefined : tt,
    typeof swan === 'undefined' ? undefined : swan,
    typeof my === 'undefined' ? undefined : my,
    typeof wx === 'undefined' ? undefined : wx,
  ];
  return candidates.find(isHost) ?? {};
}

/** A web page inside WeChat has a `wx` too, without sockets. */
function isHost(candidate: unknown): candidate is MiniProgramHost {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    typeof Reflect.get(candidate, 'connectSocket') === 'function'
  );
}
