export function ok<Data>(data: Data): { code: number; data: Data } {
  return { code: 0, data };
}

export function failure(message: string, code: number): Error {
  return Object.assign(new Error(message), { code });
}
