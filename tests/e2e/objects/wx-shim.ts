import { open, readFile, stat } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { basename } from 'node:path';

/** What a callback of `wx` gets, as far as the COS SDK looks at it. */
type Answer = { statusCode: number; header: IncomingHttpHeaders; data: string };
type Callbacks<Result> = { success?: (result: Result) => void; fail?: (error: { errMsg: string }) => void };
type Progress = (progress: {
  progress: number;
  totalBytesSent: number;
  totalBytesExpectedToSend: number;
}) => void;

type RequestOptions = Callbacks<Answer> & {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: ArrayBuffer | string;
};

type UploadOptions = Callbacks<Answer> & {
  url: string;
  filePath: string;
  name: string;
  header: Record<string, string>;
  formData: Record<string, string>;
};

/** The part of a mini program's `wx` that the COS SDK uses, over Node: files by path, requests over HTTP. */
export function createWxShim(): Record<string, unknown> {
  const storage = new Map<string, string>();
  return {
    canIUse: (name: string) => name === 'getAppBaseInfo' || name === 'getDeviceInfo',
    getAppBaseInfo: () => ({ SDKVersion: '3.7.0' }),
    getDeviceInfo: () => ({ platform: 'android' }),
    getSystemInfoSync: () => ({ platform: 'android', SDKVersion: '3.7.0', fontSizeSetting: 16 }),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: string) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    getFileSystemManager: () => ({ readFile: readSlice, stat: statFile, getFileInfo }),
    request: (options: RequestOptions) => {
      const { data = '' } = options;
      const body = typeof data === 'string' ? Buffer.from(data) : Buffer.from(new Uint8Array(data));
      void answer(options, send(options.url, options.method, options.header, body));
      return { abort: () => undefined };
    },
    uploadFile: (options: UploadOptions) => {
      let onProgress: Progress = () => undefined;
      void answer(
        options,
        upload(options, (event) => onProgress(event)),
      );
      return {
        abort: () => undefined,
        onProgressUpdate: (callback: Progress) => {
          onProgress = callback;
        },
      };
    },
  };
}

async function upload(
  { url, filePath, name, header, formData }: UploadOptions,
  onProgress: Progress,
): Promise<Answer> {
  const boundary = 'wxmpFormBoundary0123456789';
  const fields = Object.entries(formData).map(
    ([field, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${String(value)}\r\n`,
  );
  const body = Buffer.concat([
    Buffer.from(fields.join('')),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${basename(filePath)}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    await readFile(filePath),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { ...header, 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  const result = await send(url, 'POST', headers, body);
  onProgress({ progress: 100, totalBytesSent: body.length, totalBytesExpectedToSend: body.length });
  return result;
}

function send(url: string, method: string, header: Record<string, string>, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...header, ...(body.length === 0 ? {} : { 'content-length': String(body.length) }) };
    const request = httpRequest(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          statusCode: response.statusCode ?? 0,
          header: response.headers,
          data: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function answer<Result>({ success, fail }: Callbacks<Result>, result: Promise<Result>): Promise<void> {
  try {
    success?.(await result);
  } catch (error) {
    fail?.({ errMsg: `request:fail ${error instanceof Error ? error.message : ''}` });
  }
}

type ReadOptions = Callbacks<{ data: ArrayBuffer }> & {
  filePath: string;
  position?: number;
  length?: number;
};

function readSlice({ filePath, position = 0, length, ...callbacks }: ReadOptions): void {
  const read = async () => {
    await using file = await open(filePath);
    const wanted = length ?? (await file.stat()).size - position;
    const bytes = new Uint8Array(wanted);
    const { bytesRead } = await file.read(bytes, 0, wanted, position);
    return { data: bytes.buffer.slice(0, bytesRead) };
  };
  void answer(callbacks, read());
}

type StatOptions = Callbacks<{ stats: object }> & { path: string };

function statFile({ path, ...callbacks }: StatOptions): void {
  const read = async () => {
    const { size, mtimeMs } = await stat(path);
    return { stats: { size, lastModifiedTime: Math.floor(mtimeMs / 1000), isDirectory: () => false } };
  };
  void answer(callbacks, read());
}

function getFileInfo({ filePath, ...callbacks }: Callbacks<{ size: number }> & { filePath: string }): void {
  void answer(
    callbacks,
    stat(filePath).then(({ size }) => ({ size })),
  );
}
