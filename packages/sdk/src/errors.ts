import type { SdkError } from './sdk-errors.ts';

/** The error of every rejected promise: `code` is the published number, `message` says what to do. */
export class ImError extends Error {
  // Declared, not defined: a field of the language would bring its helper into every bundle.
  declare readonly code: number;
  declare readonly data?: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'ImError';
    this.code = code;
    if (data !== undefined) this.data = data;
  }
}

/** Makes the error of a row of `sdk-errors.ts`; `detail` follows the sentence. */
export function sdkError([code, text]: SdkError, detail?: string): ImError {
  return new ImError(code, detail === undefined ? text : `${text}: ${detail}`);
}
