import type * as v from 'valibot';

/** A command's contract: what goes up and what comes back. */
export interface Command<
  Name extends string,
  Request extends v.GenericSchema,
  Reply extends v.GenericSchema,
> {
  readonly name: Name;
  readonly request: Request;
  readonly reply: Reply;
}

/** Declares a command; the table in `index.ts` is what server and SDK know. */
/* @__NO_SIDE_EFFECTS__ */
export function command<Name extends string, Request extends v.GenericSchema, Reply extends v.GenericSchema>(
  name: Name,
  schemas: { request: Request; reply: Reply },
): Command<Name, Request, Reply> {
  return { name, ...schemas };
}
