import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { type UploaderSettings, uploadsIn, wrongWithUploads } from '@sterna/objects/testing';
import { ackedIn, type WriterSettings, wrongWith } from '@sterna/store/testing';
import { SAY, type Writer } from './recording.ts';

/** Something that must survive a power cut: a program that is recorded, and what is held against its words afterwards. */
export interface Subject {
  writer(seed: number): Writer;
  /** How many acknowledged things were looked for in what the disk has left, and what is wrong with them. */
  look(folder: string, said: string): Promise<{ checked: number; problems: string[] }>;
}

const script = (path: string): string => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url));

/** The messages of the real SQLite engine. NORMAL is the negative control: it must lose. */
export function messages(synchronous: NonNullable<WriterSettings['synchronous']>): Subject {
  return {
    writer: (seed) => ({
      script: script('store/src/testing/writer.ts'),
      settings: (data): WriterSettings => ({
        seed,
        synchronous,
        messages: 700,
        pendingRows: 150,
        checkpointPages: 100,
        path: join(data, 'sterna.db'),
        fd: SAY,
      }),
    }),
    look: async (folder, said) => {
      const acked = ackedIn(said);
      return { checked: acked.length, problems: await wrongWith(join(folder, 'sterna.db'), acked) };
    },
  };
}

/** The files of the real object service, whole and in parts. One that never flushes is the negative control. */
export function uploads(flushes: boolean): Subject {
  return {
    writer: (seed) => ({
      script: script('objects/src/testing/uploader.ts'),
      settings: (path): UploaderSettings => ({ seed, flushes, path, uploads: 60, fd: SAY }),
    }),
    look: async (folder, said) => {
      const lines = uploadsIn(said);
      const checked = lines.filter(({ acked }) => acked).length;
      return { checked, problems: await wrongWithUploads(folder, lines) };
    },
  };
}
