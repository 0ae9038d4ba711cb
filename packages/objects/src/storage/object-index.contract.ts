import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NewBlob, ObjectFacts, ObjectIndex, Quota, Upload } from './object-index.ts';

const PLENTY: Quota = { bytes: 1e9, objects: 1e6 };

/** What every object index must keep to. */
export function objectIndexContract(name: string, open: () => Promise<ObjectIndex>): void {
  describe(`ObjectIndex: ${name}`, () => {
    const with_ = async (check: (index: ObjectIndex) => Promise<void>) => {
      const index = await open();
      try {
        await check(index);
      } finally {
        await index.close();
      }
    };

    test('an object is read as it was put', () =>
      with_(async (index) => {
        const facts = factsOf('a', 'content', { metadata: { origin: 'phone' } });
        expect(await index.putObject({ facts, blob: blobOf('b1', 'content'), quota: PLENTY })).toEqual({
          outcome: 'stored',
          blobKept: true,
        });
        expect(await index.getObject({ key: 'a' })).toEqual({
          ...facts,
          segments: [{ blob: 'b1', size: 7 }],
        });
        expect(await index.getObject({ key: 'b' })).toBeUndefined();
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 7, objects: 1 });
      }));

    test('a key keeps what it has', () =>
      with_(async (index) => {
        await put(index, ['a', 'content', 'b1']);
        expect(await put(index, ['a', 'content', 'b2'])).toEqual({ outcome: 'same', blobKept: false });
        expect(await put(index, ['a', 'other', 'b3'])).toEqual({ outcome: 'taken', blobKept: false });
        expect((await index.getObject({ key: 'a' }))?.segments).toEqual([{ blob: 'b1', size: 7 }]);
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 7, objects: 1 });
      }));

    test('equal content of an app is kept once, until its last object goes', () =>
      with_(async (index) => {
        await put(index, ['a', 'content', 'b1']);
        expect(await put(index, ['b', 'content', 'b2'])).toEqual({ outcome: 'stored', blobKept: false });
        expect((await index.getObject({ key: 'b' }))?.segments).toEqual([{ blob: 'b1', size: 7 }]);
        expect(await put(index, ['c', 'content', 'b3'], { app: '2' })).toMatchObject({ blobKept: true });

        await index.removeObject({ key: 'a' });
        expect(await index.takeGarbage({ limit: 10 })).toEqual([]);
        await index.removeObject({ key: 'b' });
        expect(await index.takeGarbage({ limit: 10 })).toEqual(['b1']);
        expect(await index.takeGarbage({ limit: 10 })).toEqual([]);
        expect(await index.knownBlobs({ ids: ['b1', 'b2', 'b3'] })).toEqual(['b3']);
      }));

    test('equal content is kept once, however it was cut', () =>
      with_(async (index) => {
        await put(index, ['a', 'firstsecond', 'b1']);
        await begin(index, 'u1', 'b');
        await putPart(index, ['u1', 1, 'first', 'b2']);
        await putPart(index, ['u1', 2, 'second', 'b3']);
        const parts = await index.listParts({ uploadID: 'u1', after: 0, limit: -1 });
        const facts = factsOf('b', 'firstsecond');
        expect(await index.completeUpload({ uploadID: 'u1', facts, parts, quota: PLENTY })).toBe('stored');
        expect((await index.getObject({ key: 'b' }))?.segments).toEqual([{ blob: 'b1', size: 11 }]);
        expect((await index.takeGarbage({ limit: 10 })).toSorted()).toEqual(['b2', 'b3']);
        await index.removeObject({ key: 'a' });
        expect(await index.takeGarbage({ limit: 10 })).toEqual([]);
      }));

    test('equal parts are kept once, and as long as one of them is there', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a');
        expect(await putPart(index, ['u1', 1, 'same', 'b1'])).toEqual({ outcome: 'stored', blobKept: true });
        expect(await putPart(index, ['u1', 2, 'same', 'b2'])).toEqual({ outcome: 'stored', blobKept: false });
        await putPart(index, ['u1', 1, 'other', 'b3']);
        expect(await index.takeGarbage({ limit: 10 })).toEqual([]);
        const parts = await index.listParts({ uploadID: 'u1', after: 0, limit: -1 });
        expect(parts.map(({ blob, leaves }) => [blob, leaves])).toEqual([
          ['b3', sha256('other')],
          ['b1', sha256('same')],
        ]);
      }));

    test('what waits for the collector is not taken up again', () =>
      with_(async (index) => {
        await put(index, ['a', 'content', 'b1']);
        await index.removeObject({ key: 'a' });
        expect(await put(index, ['b', 'content', 'b2'])).toEqual({ outcome: 'stored', blobKept: true });
        expect(await index.takeGarbage({ limit: 10 })).toEqual(['b1']);
      }));

    test.each<[string, Quota, string]>([
      ['exactly as much as there is room for', { bytes: 7, objects: 1 }, 'stored'],
      ['a byte more', { bytes: 6, objects: 1 }, 'overQuota'],
      ['an object more', { bytes: 7, objects: 0 }, 'overQuota'],
    ])('quota: %s', (_, quota, outcome) =>
      with_(async (index) => {
        const facts = factsOf('a', 'content');
        expect(await index.putObject({ facts, blob: blobOf('b1', 'content'), quota })).toMatchObject({
          outcome,
        });
      }),
    );

    test('a part counts until its upload ends', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a');
        await putPart(index, ['u1', 1, 'first', 'b1']);
        await putPart(index, ['u1', 2, 'second', 'b2']);
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 11, objects: 0 });
        await putPart(index, ['u1', 2, '2nd', 'b3']);
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 8, objects: 0 });
        expect(await index.takeGarbage({ limit: 10 })).toEqual(['b2']);
        expect(await index.abortUpload({ id: 'u1' })).toBe(true);
        expect(await index.abortUpload({ id: 'u1' })).toBe(false);
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 0, objects: 0 });
        expect((await index.takeGarbage({ limit: 10 })).toSorted()).toEqual(['b1', 'b3']);
      }));

    test.each([
      [11, 'stored'],
      [10, 'tooLarge'],
    ])('two parts of 5 and 6 bytes in an upload of %i', (maxBytes, outcome) =>
      with_(async (index) => {
        await begin(index, 'u1', 'a', { maxBytes });
        await putPart(index, ['u1', 1, 'first', 'b1']);
        expect(await putPart(index, ['u1', 2, 'second', 'b2'])).toMatchObject({ outcome });
      }),
    );

    test('parts over the quota are refused', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a');
        const quota = { bytes: 5, objects: 10 };
        expect(await putPart(index, ['u1', 1, 'first', 'b1'], quota)).toMatchObject({ outcome: 'stored' });
        expect(await putPart(index, ['u1', 2, 'x', 'b2'], quota)).toMatchObject({ outcome: 'overQuota' });
        expect(await putPart(index, ['u1', 1, 'other', 'b3'], quota)).toMatchObject({ outcome: 'stored' });
      }));

    test('a completion makes one object of the parts it names', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a');
        await putPart(index, ['u1', 2, 'second', 'b2']);
        await putPart(index, ['u1', 1, 'first', 'b1']);
        await putPart(index, ['u1', 3, 'third', 'b3']);
        const listed = await index.listParts({ uploadID: 'u1', after: 0, limit: -1 });
        expect(listed.map(({ number }) => number)).toEqual([1, 2, 3]);
        const parts = listed.slice(0, 2);
        const request = { uploadID: 'u1', facts: factsOf('a', 'firstsecond'), parts, quota: PLENTY };
        expect(await index.completeUpload(request)).toBe('stored');
        expect(await index.completeUpload(request)).toBe('gone');
        expect(await index.completedEtag({ id: 'u1', key: 'a' })).toBe(request.facts.etag);
        expect(await index.completedEtag({ id: 'u1', key: 'b' })).toBeUndefined();
        expect((await index.getObject({ key: 'a' }))?.segments).toEqual([
          { blob: 'b1', size: 5 },
          { blob: 'b2', size: 6 },
        ]);
        expect(await index.usage({ app: '1', owner: 'alice' })).toEqual({ bytes: 11, objects: 1 });
        expect(await index.takeGarbage({ limit: 10 })).toEqual(['b3']);
        expect(await index.getUpload({ id: 'u1' })).toBeUndefined();
      }));

    test('a part that changed since it was read is noticed', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a');
        await putPart(index, ['u1', 1, 'first', 'b1']);
        const parts = await index.listParts({ uploadID: 'u1', after: 0, limit: -1 });
        await putPart(index, ['u1', 1, 'other', 'b2']);
        const request = { uploadID: 'u1', facts: factsOf('a', 'first'), parts, quota: PLENTY };
        expect(await index.completeUpload(request)).toBe('changed');
      }));

    test('completing onto a key that is taken, or already holds the same', () =>
      with_(async (index) => {
        await put(index, ['a', 'first', 'b0']);
        for (const [id, content, outcome] of [
          ['u1', 'first', 'same'],
          ['u2', 'other', 'taken'],
        ] as const) {
          await begin(index, id, 'a');
          await putPart(index, [id, 1, content, `${id}b`]);
          const parts = await index.listParts({ uploadID: id, after: 0, limit: -1 });
          const request = { uploadID: id, facts: factsOf('a', content), parts, quota: PLENTY };
          expect(await index.completeUpload(request)).toBe(outcome);
        }
      }));

    test('open uploads are counted and listed in order', () =>
      with_(async (index) => {
        for (const [id, key] of [
          ['u3', 'b/2'],
          ['u2', 'b/1'],
          ['u1', 'b/1'],
          ['u0', 'a'],
        ] as const) {
          expect(await begin(index, id, key)).toBe('begun');
        }
        expect(await index.beginUpload({ upload: uploadOf('u9', 'c'), mostOpen: 4 })).toBe('tooMany');
        const list = async (prefix: string, key: string, id: string, limit: number) =>
          (await index.listUploads({ prefix, after: { key, id }, limit })).map((upload) => upload.id);
        expect(await list('', '', '', 10)).toEqual(['u0', 'u1', 'u2', 'u3']);
        expect(await list('b/', '', '', 2)).toEqual(['u1', 'u2']);
        expect(await list('b/', 'b/1', 'u1', 10)).toEqual(['u2', 'u3']);
        expect(await list('b/1', 'b/1', 'u2', 10)).toEqual([]);
      }));

    test('old uploads, old completions and objects no message named expire', () =>
      with_(async (index) => {
        await begin(index, 'u1', 'a', { createdMs: 100 });
        await putPart(index, ['u1', 1, 'first', 'b1']);
        await begin(index, 'u2', 'b', { createdMs: 200 });
        const expire = (beganBeforeMs: number, completedBeforeMs: number) =>
          index.expireUploads({ beganBeforeMs, completedBeforeMs, limit: 10 });
        expect(await expire(100, 0)).toBe(0);
        expect(await expire(101, 0)).toBe(1);
        expect(await index.getUpload({ id: 'u1' })).toBeUndefined();
        expect(await index.getUpload({ id: 'u2' })).toBeDefined();

        await put(index, ['k1', 'one', 'b2'], { createdMs: 100 });
        await put(index, ['k2', 'two', 'b3'], { createdMs: 100 });
        expect(await index.keepObjects({ keys: ['k1', 'k9'], conversation: 'c', nowMs: 150 })).toBe(1);
        expect(await index.expireUnkept({ createdBeforeMs: 101, limit: 10 })).toBe(1);
        expect(await index.getObject({ key: 'k1' })).toBeDefined();
        expect(await index.getObject({ key: 'k2' })).toBeUndefined();
      }));

    test('where an object was named is known once for each place, in pages, and goes with the object', () =>
      with_(async (index) => {
        await put(index, ['k1', 'one', 'b1']);
        await put(index, ['k2', 'two', 'b2']);
        const name = (conversation: string) => index.keepObjects({ keys: ['k1'], conversation, nowMs: 1 });
        for (const conversation of ['c3', 'c1', 'c2', 'c1']) await name(conversation);
        const placesOf = (key: string, after = '', limit = 10) =>
          index.conversationsOf({ key, after, limit });
        expect(await placesOf('k1')).toEqual(['c1', 'c2', 'c3']);
        expect(await placesOf('k1', 'c1', 1)).toEqual(['c2']);
        expect(await placesOf('k2')).toEqual([]);
        await index.removeObject({ key: 'k1' });
        expect(await placesOf('k1')).toEqual([]);
      }));

    test('what a place shows is kept, and once it shows another nothing keeps it but what else names it', () =>
      with_(async (index) => {
        for (const key of ['k1', 'k2', 'k3']) await put(index, [key, key, `b-${key}`]);
        const keep = (place: string, key: string) => index.keepAvatar({ place, key, nowMs: 150 });
        expect([await keep('ann', 'k1'), await keep('ann', 'k1'), await keep('ann', 'k9')]).toEqual([
          true,
          true,
          false,
        ]);
        await keep('club', 'k1');
        await keep('ann', 'k2');
        await index.keepObjects({ keys: ['k2'], conversation: 'c', nowMs: 150 });
        await keep('ann', 'k3');
        expect(await index.avatarsOf({ place: 'ann' })).toEqual(['k1', 'k2', 'k3']);
        expect(await index.releaseAvatars({ place: 'ann', keys: ['k1', 'k2', 'k3', 'k9'] })).toBe(3);
        expect(await index.avatarsOf({ place: 'ann' })).toEqual([]);
        // k1 is what the club shows, and a message names k2.
        expect(await index.expireUnkept({ createdBeforeMs: 1e15, limit: 10 })).toBe(1);
        expect(await index.getObject({ key: 'k3' })).toBeUndefined();
        expect(await index.avatarsOf({ place: 'club' })).toEqual(['k1']);
      }));

    test('an avatar is of one app, and goes with its object', () =>
      with_(async (index) => {
        await put(index, ['k1', 'one', 'b1']);
        const isAvatar = (app: string) => index.isAvatar({ app, key: 'k1' });
        expect(await isAvatar('1')).toBe(false);
        await index.keepAvatar({ place: 'ann', key: 'k1', nowMs: 1 });
        expect([await isAvatar('1'), await isAvatar('2')]).toEqual([true, false]);
        await index.removeObject({ key: 'k1' });
        expect([await isAvatar('1'), await index.avatarsOf({ place: 'ann' })]).toEqual([false, []]);
      }));

    test('renditions stay with their object and go with it', () =>
      with_(async (index) => {
        await put(index, ['a', 'image', 'b1']);
        const rendition = {
          outcome: 'ready',
          blob: 'r1',
          size: 3,
          mediaType: 'image/png',
          width: 2,
          height: 1,
        } as const;
        const request = { key: 'a', kind: 'thumbnail', rendition, content: sha256('pic') } as const;
        expect(await index.getRendition(request)).toBeUndefined();
        expect(await index.putRendition(request)).toEqual({ blobKept: true });
        expect(await index.putRendition(request)).toEqual({ blobKept: false });
        expect(await index.getRendition(request)).toEqual(rendition);
        const refusal = { outcome: 'refused', reason: 'notAnImage' } as const;
        await index.putRendition({ ...request, kind: 'large', rendition: refusal });
        expect(await index.getRendition({ key: 'a', kind: 'large' })).toEqual(refusal);
        await index.putRendition({ ...request, kind: 'snapshot', rendition: { outcome: 'asItIs' } });
        expect(await index.getRendition({ key: 'a', kind: 'snapshot' })).toEqual({ outcome: 'asItIs' });
        expect(await index.putRendition({ ...request, key: 'gone' })).toEqual({ blobKept: false });
        await index.removeObject({ key: 'a' });
        expect((await index.takeGarbage({ limit: 10 })).toSorted()).toEqual(['b1', 'r1']);
        expect(await index.getRendition(request)).toBeUndefined();
      }));

    test('a command that fails takes none of its neighbours with it', () =>
      with_(async (index) => {
        const broken = { ...factsOf('b', 'content'), size: Number.NaN };
        const results = await Promise.allSettled([
          put(index, ['a', 'one', 'b1']),
          index.putObject({ facts: broken, blob: blobOf('b2', 'content'), quota: PLENTY }),
          put(index, ['c', 'three', 'b3']),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(await index.getObject({ key: 'a' })).toBeDefined();
        expect(await index.getObject({ key: 'b' })).toBeUndefined();
        expect(await index.getObject({ key: 'c' })).toBeDefined();
      }));

    test('many at once', () =>
      with_(async (index) => {
        const keys = Array.from({ length: 300 }, (_, at) => `k${at}`);
        await Promise.all(keys.map((key) => put(index, [key, key, `blob-${key}`])));
        expect(await index.usage({ app: '1', owner: 'alice' })).toMatchObject({ objects: 300 });
      }));

    test('a closed index says so', async () => {
      const index = await open();
      await index.close();
      await index.close();
      await expect(index.getObject({ key: 'a' })).rejects.toThrow(/closed/);
    });
  });
}

function put(
  index: ObjectIndex,
  [key, content, blob]: readonly [string, string, string],
  more: Partial<ObjectFacts> = {},
) {
  return index.putObject({
    facts: factsOf(key, content, more),
    blob: blobOf(blob, content),
    quota: PLENTY,
  });
}

function begin(index: ObjectIndex, id: string, key: string, more: Partial<Upload> = {}) {
  return index.beginUpload({ upload: { ...uploadOf(id, key), ...more }, mostOpen: 100 });
}

function putPart(
  index: ObjectIndex,
  [uploadID, number, content, blob]: readonly [string, number, string, string],
  quota = PLENTY,
) {
  const part = { number, size: content.length, etag: md5(content), leaves: sha256(content), blob };
  return index.putPart({ uploadID, part, blob: blobOf(blob, content), quota });
}

function uploadOf(id: string, key: string): Upload {
  return { id, app: '1', owner: 'alice', key, createdMs: 100, maxBytes: 1000, metadata: {} };
}

function factsOf(key: string, content: string, more: Partial<ObjectFacts> = {}): ObjectFacts {
  return {
    key,
    app: '1',
    owner: 'alice',
    size: content.length,
    etag: md5(content),
    content: sha256(content),
    mediaType: 'application/octet-stream',
    createdMs: 100,
    metadata: {},
    ...more,
  };
}

function blobOf(id: string, content: string): NewBlob {
  return { id, size: content.length, content: sha256(content) };
}

const md5 = (content: string): string => createHash('md5').update(content).digest('hex');
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
