import { z } from 'zod';

/**
 * A released event shape. It is never edited: a new version supersedes it, and an upcaster turns the old one into
 * the new. The stored type is the name, with `.vN` behind it from the second version on.
 */
export interface EventDefinition<Name extends string, Shape extends z.ZodRawShape> {
  readonly name: Name;
  readonly version: number;
  readonly storedType: string;
  readonly schema: z.ZodObject<Shape, z.core.$strict>;
}

/** Declares version `version` of the event `name`; unknown fields are refused. */
export const event = <const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  version: number,
  shape: Shape,
): EventDefinition<Name, Shape> => ({
  name,
  version,
  storedType: version === 1 ? name : `${name}.v${version}`,
  schema: z.strictObject(shape),
});

// biome-ignore lint/suspicious/noExplicitAny: stands for any shape in a constraint
export type AnyEvent = EventDefinition<string, any>;

/** `{ HoursLogged: {...data}, ... }` of a record or list of definitions. */
export type EventData<Definition extends AnyEvent> = {
  [D in Definition as D['name']]: z.infer<D['schema']>;
};

/** The union of `{ type, data }` of some definitions. */
export type EventUnion<Definition extends AnyEvent> = {
  [D in Definition as D['name']]: { readonly type: D['name']; readonly data: z.infer<D['schema']> };
}[Definition['name']];
