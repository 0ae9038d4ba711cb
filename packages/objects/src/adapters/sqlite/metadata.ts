import * as v from 'valibot';

const schema = v.record(v.string(), v.string());

/** The metadata headers of an object or upload, as their column keeps them. */
export function readMetadata(json: string): Record<string, string> {
  return v.parse(schema, JSON.parse(json));
}
