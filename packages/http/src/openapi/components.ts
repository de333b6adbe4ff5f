import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from './finish-operation.ts';

const PREFIX = '#/components/schemas/';
const INPUT = 'Input';

const mapRefs = (value: Json, rename: (name: string) => string): Json => {
  if (Array.isArray(value)) return value.map((item) => mapRefs(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' && member.startsWith(PREFIX)
        ? PREFIX + rename(member.slice(PREFIX.length))
        : mapRefs(member, rename),
    ]),
  );
};

/** The generator makes two schemas of each named one, for requests and for answers: one is enough where they agree. */
const mergeInputs = (document: JsonObject, schemas: JsonObject): JsonObject => {
  const outputOf = (name: string): string => (name.endsWith(INPUT) ? name.slice(0, -INPUT.length) : name);
  const alike = (name: string): boolean => {
    const output = schemas[outputOf(name)];
    return (
      output !== undefined && isDeepStrictEqual(mapRefs(schemas[name] as Json, outputOf), mapRefs(output, outputOf))
    );
  };
  return mapRefs(document, (name) => (name.endsWith(INPUT) && alike(name) ? outputOf(name) : name)) as JsonObject;
};

const namedIn = (value: Json, found: Set<string>, schemas: JsonObject): void => {
  mapRefs(value, (name) => {
    const schema = schemas[name];
    if (!found.has(name) && schema !== undefined) {
      found.add(name);
      namedIn(schema, found, schemas);
    }
    return name;
  });
};

/** Keeps, in alphabetical order, the schemas that the paths of a document need, however many others were generated. */
export const tidyComponents = (document: JsonObject): JsonObject => {
  const generated = (document.components as JsonObject).schemas as JsonObject;
  const merged = mergeInputs(document, generated);
  const components = merged.components as JsonObject;
  const schemas = components.schemas as JsonObject;
  const found = new Set<string>();
  namedIn(merged.paths as Json, found, schemas);
  const kept = Object.fromEntries([...found].sort().map((name) => [name, schemas[name] as Json]));
  return { ...merged, components: { ...components, schemas: kept } };
};
