import type { CalculatedProject } from './client-figures.ts';
import { type FactName, factNames } from './facts.ts';
import type { Lacking } from './project-months.ts';
import { type Asked, type Language, questionFor } from './questions-for-client.ts';

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

/** The names of the facts as answers write them. */
export const writtenFacts = {
  conversion: 'conversion',
  closeRate: 'close-rate',
  averageCheck: 'average-check',
  grossMargin: 'gross-margin',
} as const satisfies Record<FactName, Missing['fact']>;

const projectFacts = { baseline: 'baseline', metric: 'metric', counts: 'inquiries' } as const satisfies Partial<
  Record<Asked, Missing['fact']>
>;

const monthsOf = (lacking: readonly Lacking[], fact: Lacking['fact']): string[] =>
  [...new Set(lacking.flatMap((each) => (each.fact === fact && each.month !== null ? [each.month] : [])))].sort();

/** What is missing, each thing once, with the months that wait for it. */
export const missingOf = (
  projects: readonly Pick<CalculatedProject, 'projectId' | 'name' | 'lacking'>[],
  language: Language = 'en',
): Missing[] => {
  if (projects.length === 0) {
    return [{ fact: 'project', projectId: null, months: [], ask: questionFor(language, 'project') }];
  }
  const ofProjects = projects.flatMap(({ projectId, name, lacking }) =>
    (['baseline', 'metric', 'counts'] as const)
      .filter((fact) => lacking.some((each) => each.fact === fact))
      .map((fact): Missing => {
        const months = monthsOf(lacking, fact);
        return { fact: projectFacts[fact], projectId, months, ask: questionFor(language, fact, name, months) };
      }),
  );
  const all = projects.flatMap(({ lacking }) => lacking);
  const ofBusiness = factNames
    .filter((name) => all.some(({ fact }) => fact === name))
    .map(
      (name): Missing => ({
        fact: writtenFacts[name],
        projectId: null,
        months: monthsOf(all, name),
        ask: questionFor(language, name),
      }),
    );
  return [...ofProjects, ...ofBusiness];
};
