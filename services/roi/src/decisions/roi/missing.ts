import type { FactName } from './facts.ts';
import type { Lacking } from './project-months.ts';

/** What to ask the client for, so that more months can be calculated. */
export interface Missing {
  readonly fact:
    | 'project'
    | 'baseline'
    | 'metric'
    | 'inquiries'
    | 'conversion'
    | 'close-rate'
    | 'average-check'
    | 'gross-margin';
  /** Null for what holds for all of the client's business. */
  readonly projectId: string | null;
  readonly months: readonly string[];
  readonly ask: string;
}

const businessFacts: Readonly<Record<FactName, Pick<Missing, 'fact' | 'ask'>>> = {
  conversion: { fact: 'conversion', ask: 'What share of the visitors of the site inquire?' },
  closeRate: { fact: 'close-rate', ask: 'What share of the inquiries becomes a sale?' },
  averageCheck: { fact: 'average-check', ask: 'How much does a sale bring on average?' },
  grossMargin: { fact: 'gross-margin', ask: 'What share of a sale is left after the cost of goods?' },
};

const projectFacts = {
  baseline: {
    fact: 'baseline',
    ask: (name) => `How many inquiries and visitors were there before our work on “${name}”, and in which months?`,
  },
  metric: {
    fact: 'metric',
    ask: (name, months) => {
      const when = months.length === 0 ? 'each month since our work began' : months.join(', ');
      return `How many inquiries and visitors did “${name}” bring in ${when}?`;
    },
  },
  counts: {
    fact: 'inquiries',
    ask: (name, months) =>
      `How many inquiries did “${name}” bring in ${months.join(', ')}, and how many before our work? (Or visitors, for both.)`,
  },
} as const satisfies Record<
  string,
  { readonly fact: Missing['fact']; readonly ask: (name: string, months: readonly string[]) => string }
>;

const isBusinessFact = (fact: Lacking['fact']): fact is FactName => fact in businessFacts;

const monthsOf = (lacking: readonly Lacking[], fact: Lacking['fact']): string[] =>
  [...new Set(lacking.flatMap((each) => (each.fact === fact && each.month !== null ? [each.month] : [])))].sort();

/** What is missing, each thing once, with the months that wait for it. */
export const missingOf = (
  projects: readonly { readonly projectId: string; readonly name: string; readonly lacking: readonly Lacking[] }[],
): Missing[] => {
  if (projects.length === 0) {
    return [{ fact: 'project', projectId: null, months: [], ask: 'Which project is our work for the client?' }];
  }
  const ofProjects = projects.flatMap(({ projectId, name, lacking }) =>
    (['baseline', 'metric', 'counts'] as const)
      .filter((fact) => lacking.some((each) => each.fact === fact))
      .map((fact): Missing => {
        const months = monthsOf(lacking, fact);
        return { fact: projectFacts[fact].fact, projectId, months, ask: projectFacts[fact].ask(name, months) };
      }),
  );
  const all = projects.flatMap(({ lacking }) => lacking);
  const ofBusiness = (Object.keys(businessFacts) as FactName[])
    .filter((fact) => all.some((each) => isBusinessFact(each.fact) && each.fact === fact))
    .map((fact): Missing => ({ ...businessFacts[fact], projectId: null, months: monthsOf(all, fact) }));
  return [...ofProjects, ...ofBusiness];
};
