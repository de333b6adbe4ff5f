/**
 * Members that tell what people cost, or from which it can be told. Whoever may not see cost rates sees none of them,
 * wherever they stand; an event that has one does not tell its reason either, since people write salaries there.
 */
const SENSITIVE = /cost|rate($|[A-Z\b])|salar|margin|profit|overhead|payroll|breakdown|saving|headroom|baseline|fee$/i;

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '' && !name.startsWith('['));

const isSensitive = (path: string): boolean =>
  path.startsWith('/data/') && namesOf(path).some((name) => SENSITIVE.test(name));

/** The ids of rates tell nothing of what they are. */
const REASON = '/meta/reason';

/** Which of an event's values a role without cost rates may see. */
export const openPaths = (paths: readonly string[], seesRates: boolean): ReadonlySet<string> => {
  if (seesRates) return new Set(paths);
  const hidden = new Set(paths.filter(isSensitive));
  return new Set(paths.filter((path) => !hidden.has(path) && (path !== REASON || hidden.size === 0)));
};
