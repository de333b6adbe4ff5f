import type { BillRateScope } from '@headroom/contracts/events';

/** A version of the bill rate of one scope; lists of them are in the order of their dates. */
export interface BillRate {
  readonly scope: BillRateScope['kind'];
  /** What the scope names; `agency` for the agency itself. */
  readonly key: string;
  readonly effectiveFrom: string;
  /** Ten-thousandths of a major unit an hour. */
  readonly units: number;
}

/** The kind of a scope and the one thing that it names. */
export const keyOfScope = (scope: BillRateScope): Pick<BillRate, 'scope' | 'key'> => {
  switch (scope.kind) {
    case 'agency':
      return { scope: 'agency', key: 'agency' };
    case 'client':
      return { scope: 'client', key: scope.clientId };
    case 'project':
      return { scope: 'project', key: scope.projectId };
    case 'role':
      return { scope: 'role', key: scope.role };
    case 'specialist':
      return { scope: 'specialist', key: scope.specialistId };
  }
};

/** Whose hours are to be priced; a plan names a role and nobody. */
export interface BillSubject {
  readonly specialistId: string | null;
  readonly role: string;
  readonly projectId: string;
  readonly clientId: string;
}

/** The bill rates of an agency, ready to be asked. */
export interface BillRateBook {
  /** Units of the rate of a day; undefined where no scope has one: a missing rate is never guessed. */
  readonly on: (subject: BillSubject, day: string) => number | undefined;
}

/**
 * The rate of the narrowest scope that has one on the day: specialist, role, project, client, agency. The order is that
 * of how few people's hours a scope prices at its narrowest: a person is one, a role is some of them, a project
 * takes all who work on it, a client all its projects. A narrow scope without a rate yet leaves the word to the wider.
 */
export const billRateBook = (rates: readonly BillRate[]): BillRateBook => {
  const versions = Map.groupBy(rates, ({ scope, key }) => `${scope}|${key}`);
  const latest = (scope: BillRate['scope'], key: string, day: string) =>
    versions.get(`${scope}|${key}`)?.findLast(({ effectiveFrom }) => effectiveFrom <= day)?.units;
  return {
    on: ({ specialistId, role, projectId, clientId }, day) =>
      (specialistId === null ? undefined : latest('specialist', specialistId, day)) ??
      latest('role', role, day) ??
      latest('project', projectId, day) ??
      latest('client', clientId, day) ??
      latest('agency', 'agency', day),
  };
};
