import type { FactsFrom } from './facts.ts';
import { type ProjectFacts, type ProjectMonths, projectMonths } from './project-months.ts';

/** A project with all that its figures are made of. */
export interface LoadedProject {
  readonly facts: ProjectFacts;
  readonly serviceType: string | null;
  /** What had been earned by the end of each month, in minor units. */
  readonly revenueUpTo: readonly number[];
  readonly uncostedSeconds: number;
}

export interface CalculatedProject extends ProjectMonths {
  readonly projectId: string;
  readonly name: string;
  readonly serviceType: string | null;
  readonly uncostedSeconds: number;
}

/** The projects of one client, month by month, with the facts given. */
export const calculateProjects = (
  projects: readonly LoadedProject[],
  facts: readonly FactsFrom[],
  asOf: string,
): CalculatedProject[] =>
  projects.map(({ facts: project, serviceType, revenueUpTo, uncostedSeconds }) => ({
    projectId: project.projectId,
    name: project.name,
    serviceType,
    uncostedSeconds,
    ...projectMonths(project, facts, revenueUpTo, asOf),
  }));
