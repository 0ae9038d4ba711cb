import type { Json } from '../ports/store.ts';

/**
 * The value as it would come back from a database: members that are undefined are gone, nothing is shared with the original.
 * Both are frozen to the bottom, so that whoever changes one later throws. What JSON cannot carry is refused.
 */
export function frozenCopy(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
      return Object.is(value, -0) ? 0 : value;
    case 'object':
      if (value === null) return null;
      Object.freeze(value);
      if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
      return frozenObject(value);
    default:
      throw new TypeError(`a ${typeof value} is not JSON`);
  }
}

function frozenObject(value: object): Json {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('only plain objects are JSON');
  const copied = Object.entries(value).filter(([, member]) => member !== undefined);
  // `fromEntries` defines its properties, so that a member called `__proto__` stays a member.
  return Object.freeze(Object.fromEntries(copied.map(([name, member]) => [name, frozenCopy(member)])));
}
