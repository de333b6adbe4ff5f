import type { EffectShares } from '@headroom/contracts/events';
import type { FactsFrom } from './facts.ts';
import { type ProjectFacts, type ProjectMonths, projectMonths } from './project-months.ts';
import { shareEffects } from './sharing.ts';

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

/** What is known of a client's business that its projects' figures need. */
export interface ClientKnowledge {
  readonly facts: readonly FactsFrom[];
  readonly sharings: readonly EffectShares[];
}

/** The projects of one client, month by month, with what is known of its business. */
export const calculateProjects = (
  projects: readonly LoadedProject[],
  { facts, sharings }: ClientKnowledge,
  asOf: string,
): CalculatedProject[] => {
  const calculated = projects.map(({ facts: project, serviceType, revenueUpTo, uncostedSeconds }) => ({
    projectId: project.projectId,
    name: project.name,
    serviceType,
    uncostedSeconds,
    ...projectMonths(project, facts, revenueUpTo, asOf),
  }));
  return shareEffects(calculated, sharings);
};
