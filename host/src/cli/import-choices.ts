import { importTimeEntries } from '@headroom/contracts/rest';
import { z } from 'zod';

type Described = { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> };

/** What a parameter of the import may be, as the contract has it. */
export const importChoices = (parameter: string): readonly string[] => {
  const { properties } = z.toJSONSchema(importTimeEntries.query, { io: 'input', unrepresentable: 'any' }) as Described;
  const choices = properties?.[parameter]?.enum;
  if (choices === undefined) throw new Error(`the import has no parameter ${parameter} with choices`);
  return choices;
};
