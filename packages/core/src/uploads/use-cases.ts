import type { UseCases } from '../use-case.ts';
import { beginUpload, finishUpload } from './upload.ts';

/** Bringing files; they are read without a command, by their links. */
export const uploadUseCases: UseCases<'upload.begin' | 'upload.finish'> = {
  'upload.begin': beginUpload,
  'upload.finish': finishUpload,
};
