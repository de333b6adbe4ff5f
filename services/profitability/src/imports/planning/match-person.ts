import type { TrackerEntry } from '../tracker-entry.ts';
import type { Directory, ImportMapping, Specialist } from './directory.ts';
import { mapped } from './mapped.ts';
import { isUnknown, type Match, mappedTo, onlyOne } from './match.ts';
import { foldName, nameIndex } from './name-index.ts';
import type { NewcomerBook } from './newcomers.ts';

/** Both have an e-mail, and not the same: two people, whatever their names. */
const isSomebodyElse = ({ email, externalRef }: Specialist, asked: string): boolean => {
  const known = [email, externalRef].filter((each) => each?.includes('@'));
  return known.length > 0 && known.every((each) => foldName(each ?? '') !== foldName(asked));
};

/**
 * Finds the specialist of an entry: by the mapping (e-mail before name), by e-mail, then by name. Our external reference
 * of a person may be either.
 */
export const personMatcher = ({ specialists }: Directory, mapping: ImportMapping, newcomers: NewcomerBook) => {
  const target = mapped(mapping.people);
  const byId = new Map(specialists.map((specialist) => [specialist.id, specialist]));
  const byEmail = nameIndex(specialists, ({ email, externalRef }) => [email, externalRef]);
  const byName = nameIndex(specialists, ({ name, externalRef }) => [name, externalRef]);

  const created = (person: TrackerEntry['person']): Match<Specialist> => {
    const made = newcomers.person(person.name, person, (each) => byId.get(each));
    if ('found' in made && !byId.has(made.found.id)) {
      byId.set(made.found.id, made.found);
      byEmail.add(made.found);
      byName.add(made.found);
    }
    return made;
  };

  const candidatesOf = ({ name, email }: TrackerEntry['person']): readonly Specialist[] => {
    const sameEmail = email === null ? [] : byEmail.named(email);
    if (sameEmail.length > 0) return sameEmail;
    return byName.named(name).filter((each) => email === null || !isSomebodyElse(each, email));
  };

  return (person: TrackerEntry['person']): Match<Specialist> => {
    const { name, email } = person;
    const id = target(email === null ? [name] : [email, name]);
    if (id !== undefined) return mappedTo('people', id, byId);
    const candidates = candidatesOf(person);
    const match = onlyOne('people', candidates.length > 1 ? (email ?? name) : name, candidates);
    return isUnknown(match) ? created(person) : match;
  };
};
