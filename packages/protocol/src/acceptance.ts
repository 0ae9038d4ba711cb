import type * as v from 'valibot';

/** Says yes where the schema would accept the value and give it back as it is; a no says nothing. For what JSON can hold. */
export type Acceptance = (value: unknown) => boolean;

/** What is read of a schema, by its type; of another type nothing is known. */
type Known =
  | { type: 'string' | 'boolean' | 'number' | 'unknown' }
  | { type: 'literal'; literal: unknown }
  | { type: 'picklist'; options: readonly unknown[] }
  | { type: 'array'; item: v.GenericSchema }
  | { type: 'object'; entries: Entries }
  | { type: 'optional'; wrapped: v.GenericSchema; default: unknown }
  | { type: 'variant'; key: string; options: readonly v.GenericSchema[] };

type Entries = Readonly<Record<string, v.GenericSchema>>;

/** What is read of a check that follows a schema in a pipe. */
type KnownCheck =
  | { type: 'min_length' | 'max_length' | 'min_value' | 'max_value'; requirement: number }
  | { type: 'safe_integer' | 'finite' }
  | { type: 'regex'; requirement: RegExp }
  | { type: 'check'; requirement: Acceptance };

/**
 * Reads a schema once and makes plain functions of it. Requests in order, which are nearly all, pass by these at a fraction of
 * the library's cost. Whatever they do not pass, and kinds of schemas that are not known here, are for the library to judge.
 */
export function acceptanceOf(schema: v.GenericSchema): Acceptance {
  const known = acceptances.get(schema);
  if (known !== undefined) return known;
  const acceptance = read(schema);
  acceptances.set(schema, acceptance);
  return acceptance;
}

const acceptances = new WeakMap<v.GenericSchema, Acceptance>();

function read(schema: v.GenericSchema): Acceptance {
  const { head, checks } = piped(schema);
  if (head === undefined) return plain(knownSchema(schema));
  return checks.map(checkOf).reduce(both, acceptanceOf(head));
}

const both =
  (one: Acceptance, other: Acceptance): Acceptance =>
  (value) =>
    one(value) && other(value);

type Step = v.PipeItem<unknown, unknown, v.BaseIssue<unknown>>;

/** A schema with checks behind it has the one that they stand behind, which may have some itself. */
function piped(schema: v.GenericSchema): { head?: v.GenericSchema; checks: readonly Step[] } {
  if (!('pipe' in schema)) return { checks: [] };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the library makes of a schema and its checks
  const [head, ...checks] = schema.pipe as readonly [v.GenericSchema, ...Step[]];
  return { head, checks };
}

function knownSchema(schema: v.GenericSchema): Known {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's schemas have the members that their type says
  return schema as unknown as Known;
}

function knownCheck(check: Step): KnownCheck {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- and so have its checks
  return check as unknown as KnownCheck;
}

const never: Acceptance = () => false;

function plain(schema: Known): Acceptance {
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return (value) => typeof value === schema.type && !Number.isNaN(value);
    case 'unknown':
      return () => true;
    case 'literal':
      return (value) => value === schema.literal;
    case 'picklist':
      return (value) => schema.options.includes(value);
    case 'array':
      return arrayOf(acceptanceOf(schema.item));
    case 'object':
      return objectOf(schema.entries);
    case 'variant':
      return variantOf(schema.key, schema.options);
    default:
      return never;
  }
}

function checkOf(step: Step): Acceptance {
  if (step.kind !== 'validation') return never;
  const check = knownCheck(step);
  switch (check.type) {
    case 'min_length':
      return (value) => lengthOf(value) >= check.requirement;
    case 'max_length':
      return (value) => lengthOf(value) <= check.requirement;
    case 'min_value':
      return (value) => Number(value) >= check.requirement;
    case 'max_value':
      return (value) => Number(value) <= check.requirement;
    case 'safe_integer':
      return Number.isSafeInteger;
    case 'finite':
      return Number.isFinite;
    case 'regex':
      return (value) => typeof value === 'string' && check.requirement.test(value);
    case 'check':
      return check.requirement;
    default:
      return never;
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN;
}

function arrayOf(item: Acceptance): Acceptance {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const element of value) if (!item(element)) return false;
    return true;
  };
}

/** A member that the schema does not name would be dropped: so there must be none. */
function objectOf(entries: Entries): Acceptance {
  const members = new Map<string, Acceptance>();
  let hasRequired: Acceptance = isMembers;
  for (const [name, entry] of Object.entries(entries)) {
    const schema = knownSchema(entry);
    // A default would be filled in: the value would not stay as it is.
    const isOptional = schema.type === 'optional' && schema.default === undefined && !('pipe' in entry);
    members.set(name, acceptanceOf(isOptional ? schema.wrapped : entry));
    if (!isOptional)
      hasRequired = both(hasRequired, (value) => isMembers(value) && Object.hasOwn(value, name));
  }
  return (value) => {
    if (!hasRequired(value) || !isMembers(value)) return false;
    for (const name in value) if (members.get(name)?.(value[name]) !== true) return false;
    return true;
  };
}

function variantOf(key: string, options: readonly v.GenericSchema[]): Acceptance {
  const byKey = new Map<unknown, Acceptance>();
  for (const option of options) {
    const schema = knownSchema(option);
    const entry = schema.type === 'object' ? schema.entries[key] : undefined;
    const discriminator = entry && knownSchema(entry);
    if (discriminator?.type === 'literal') byKey.set(discriminator.literal, acceptanceOf(option));
  }
  return (value) => isMembers(value) && byKey.get(value[key])?.(value) === true;
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
