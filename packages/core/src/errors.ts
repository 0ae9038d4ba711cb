import { ERRORS, type ErrorName } from '@sterna/protocol/tables';

/** A failure that a caller can see: a row of the protocol's error table, a sentence, and data where the row promises some. */
export class ImError extends Error {
  override readonly name = 'ImError';
  readonly reason: ErrorName;
  readonly code: number;
  readonly detail: string | undefined;
  readonly data: unknown;

  constructor(reason: ErrorName, detail?: string, options?: { data?: unknown; cause?: unknown }) {
    super(detail === undefined ? ERRORS[reason].text : `${ERRORS[reason].text}: ${detail}`, {
      cause: options?.cause,
    });
    this.reason = reason;
    this.code = ERRORS[reason].code;
    this.detail = detail;
    this.data = options?.data;
  }
}

/** What a decision's refusal looks like outside of the process that decided. */
export interface Refusal {
  reason: ErrorName;
  detail?: string;
  data?: unknown;
}

/** The error as data. */
export function refusalOf({ reason, detail, data }: ImError): Refusal {
  return { reason, ...(detail !== undefined && { detail }), ...(data !== undefined && { data }) };
}

/** The refusal as the error that callers catch. */
export function toImError(refusal: Refusal): ImError {
  return new ImError(refusal.reason, refusal.detail, { data: refusal.data });
}
