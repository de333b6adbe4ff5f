import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, Specialist } from './directory.ts';
import { mapped } from './mapped.ts';
import { type Match, mappedTo, onlyOne } from './match.ts';
import { nameIndex } from './name-index.ts';

/**
 * Finds the specialist of an entry: by the mapping (e-mail before name), by e-mail, then by name. Our external reference
 * of a person may be either.
 */
export const personMatcher = ({ specialists }: Directory, mapping: ImportMapping) => {
  const target = mapped(mapping.people);
  const byId = new Map(specialists.map((specialist) => [specialist.id, specialist]));
  const byEmail = nameIndex(specialists, ({ email, externalRef }) => [email, externalRef]);
  const byName = nameIndex(specialists, ({ name, externalRef }) => [name, externalRef]);
  return ({ name, email }: TrackerEntry['person']): Match<Specialist> => {
    const id = target(email === null ? [name] : [email, name]);
    if (id !== undefined) return mappedTo('people', id, byId);
    const sameEmail = email === null ? [] : byEmail.named(email);
    const candidates = sameEmail.length > 0 ? sameEmail : byName.named(name);
    return onlyOne('people', candidates.length > 1 ? (email ?? name) : name, candidates);
  };
};
