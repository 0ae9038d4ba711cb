/** A start that cannot be, in a sentence for whoever runs the server. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

interface SystemError extends Error {
  code: string;
  address?: string;
  port?: number;
  path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

const unusable = ({ path, code }: SystemError): string =>
  `${path ?? 'the data folder'} cannot be used (${code}); check STERNA_DATA.`;

const forbidden = (error: SystemError): string =>
  error.port === undefined
    ? `${error.path ?? 'a file'} may not be read or written by this user.`
    : `this user may not listen on port ${error.port}; choose one from 1024 on.`;

const unresolvable = (): string =>
  'a host name cannot be resolved; check HOST and the addresses of the database and the bus.';

const SENTENCES: Readonly<Record<string, (error: SystemError) => string>> = {
  EADDRINUSE: ({ address, port }) =>
    `port ${port ?? ''} of ${address ?? 'this machine'} is taken by another program; choose another, say with PORT=8081.`,
  EADDRNOTAVAIL: ({ address }) => `${address ?? 'the host'} is no address of this machine; check HOST.`,
  EACCES: forbidden,
  EPERM: forbidden,
  ENOTFOUND: unresolvable,
  EAI_AGAIN: unresolvable,
  ECONNREFUSED: ({ address, port }) =>
    `nothing answers at ${address ?? 'a configured address'}${port === undefined ? '' : `:${port}`}; check the addresses of the database and the bus.`,
  EEXIST: unusable,
  ENOTDIR: unusable,
  EROFS: unusable,
  ENOSPC: unusable,
};

/** The sentence for a start that the machine does not allow; undefined for anything that is a bug of ours. */
export function explainStartFailure(error: unknown): string | undefined {
  if (error instanceof StartFailure) return error.message;
  return isSystemError(error) ? SENTENCES[error.code]?.(error) : undefined;
}
