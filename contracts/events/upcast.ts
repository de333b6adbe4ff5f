/**
 * Old event shapes, turned step by step into today's. None has been superseded so far; the first one adds its
 * stored type and step here, and its stored example stays in `contracts/examples/` for ever.
 */
import { allEvents } from './index.ts';

type Step = (data: unknown) => { readonly storedType: string; readonly data: unknown };

const steps: Readonly<Record<string, Step>> = {};

const currentNames = new Map<string, string>(allEvents.map((definition) => [definition.storedType, definition.name]));

/** Stored types that `upcast` still turns into current events. */
export const supersededTypes = (names: ReadonlySet<string>): string[] =>
  Object.keys(steps).filter((storedType) => names.has(storedType.replace(/\.v\d+$/, '')));

/** The current event of a stored type and its data. Throws when the type is not of the published language. */
export const upcast = (storedType: string, data: unknown): { readonly type: string; readonly data: unknown } => {
  const name = currentNames.get(storedType);
  if (name !== undefined) return { type: name, data };
  const step = steps[storedType];
  if (step === undefined) throw new Error(`unknown event type ${storedType}`);
  const next = step(data);
  return upcast(next.storedType, next.data);
};
