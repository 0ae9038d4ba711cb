import type { CustomField } from '../types/values.ts';

/** Custom fields are a record on the wire and a list for applications. */
export function listOfFields(custom: Readonly<Record<string, string>> = {}): CustomField[] {
  return Object.entries(custom).map(([key, value]) => ({ key, value }));
}

export function recordOfFields(fields: readonly CustomField[]): Record<string, string> {
  return recordOf(fields.map(({ key, value }) => [key, value]));
}

/** What newer engines have as `Object.fromEntries`. */
export function recordOf<Value>(pairs: readonly (readonly [string, Value])[]): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [key, value] of pairs) record[key] = value;
  return record;
}
