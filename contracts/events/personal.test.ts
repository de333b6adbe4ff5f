import t from 'tap';
import type { z } from 'zod';
import { allEvents } from './index.ts';
import { notPersonal, type TextClasses, textClasses } from './personal.ts';

type Def = z.core.$ZodTypes['_zod']['def'];

const defOf = (schema: z.core.$ZodType): Def => (schema as z.core.$ZodTypes)._zod.def;

/** A text that may say anything: no pattern and no format narrows it. */
const isFree = (schema: z.core.$ZodType): boolean => {
  const def = defOf(schema);
  if (def.type !== 'string' || (def as { readonly format?: string }).format !== undefined) return false;
  return !(def.checks ?? []).some((check) => check._zod.def.check === 'string_format');
};

/** Pointers to the free texts of a shape. */
const freeTexts = (schema: z.core.$ZodType, at = ''): string[] => {
  if (isFree(schema)) return [at];
  const def = defOf(schema);
  if (def.type === 'object')
    return Object.entries(def.shape).flatMap(([name, member]) => freeTexts(member, `${at}/${name}`));
  if (def.type === 'array') return freeTexts(def.element, `${at}/*`);
  if (def.type === 'union') return def.options.flatMap((option) => freeTexts(option, at));
  if (def.type === 'nullable' || def.type === 'optional' || def.type === 'default') return freeTexts(def.innerType, at);
  if (def.type === 'record') return freeTexts(def.valueType, `${at}/*`);
  return [];
};

for (const { name, schema } of allEvents) {
  const classes: TextClasses = textClasses[name];
  t.test(`${name}: it is known of every free text whether it is personal`, async (t) => {
    const named = Object.keys(classes).filter((pointer) => pointer !== 'reason');
    t.strictSame(named.sort(), [...new Set(freeTexts(schema))].sort());
  });

  t.test(`${name}: whose a personal text is, the event tells`, async (t) => {
    for (const [pointer, whose] of Object.entries(classes)) {
      if (typeof whose === 'string') t.ok(notPersonal[whose], pointer);
      else {
        const { of: _, ...told } = whose;
        for (const where of Object.values(told))
          t.ok(Object.hasOwn(schema.shape, where.slice(1)), `${pointer}: ${where}`);
      }
    }
  });
}
