import { signRequest } from '@sterna/objects/testing';
import type { ReplyOf } from '@sterna/protocol';
import type { Place, Sliced } from './contenders.ts';

type Grant = ReplyOf<'upload.begin'>;

/** A request of the COS API with its signature, as the COS SDKs send it. */
function signed({ url, key, credential }: Grant, method: string, query: Record<string, string>): Place {
  const headers = { host: new URL(url).host, 'x-cos-security-token': credential.SecurityToken };
  const names = Object.entries(query).map(([name, value]) => [name.toLowerCase(), value] as const);
  const authorization = signRequest(
    {
      secretID: credential.TmpSecretId,
      secretKey: credential.TmpSecretKey,
      keyTime: `${credential.StartTime};${credential.ExpiredTime}`,
    },
    { method, path: `/${key}`, query: new Map(names), headers },
    ['host'],
  );
  return {
    url: `${url}/${key}?${String(new URLSearchParams(query))}`,
    headers: { 'x-cos-security-token': credential.SecurityToken, authorization },
  };
}

/** Begins a body that comes in slices. */
export async function beginSlices(grant: Grant, count: number): Promise<Sliced> {
  const begun = await ask(signed(grant, 'POST', { uploads: '' }));
  const uploadId = /<UploadId>(.*?)<\/UploadId>/.exec(begun)?.[1] ?? '';
  return {
    places: Array.from({ length: count }, (_, index) =>
      signed(grant, 'PUT', { partNumber: String(index + 1), uploadId }),
    ),
    putTogether: async (etags) => {
      const parts = etags.map(
        (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
      );
      const list = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
      await ask(signed(grant, 'POST', { uploadId }), list);
    },
  };
}

async function ask({ url, headers = {} }: Place, body = ''): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`answered with ${response.status}: ${text}`);
  return text;
}
