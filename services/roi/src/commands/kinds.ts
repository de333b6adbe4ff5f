import type { StreamKind } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { upcast } from '@headroom/contracts/events/upcast';
import type { DomainEvent, Evolution } from '@headroom/kernel';
import { businessFactsEvolution } from '../decisions/business-facts.ts';
import { projectMetricsEvolution } from '../decisions/project-metrics.ts';
import { agencyEvolution, clientEvolution, projectEvolution } from '../decisions/surroundings.ts';

const kind = <State, Event extends DomainEvent>(
  category: string,
  evolution: Evolution<State, Event>,
): StreamKind<State, Event> => ({ category, evolution, upcast });

export const businessFactsKind = kind(categories.clientBusiness, businessFactsEvolution);
export const projectMetricsKind = kind(categories.projectMetrics, projectMetricsEvolution);

// Streams that other services own; only read.
export const agencyKind = kind(categories.agency, agencyEvolution);
export const clientKind = kind(categories.client, clientEvolution);
export const projectKind = kind(categories.project, projectEvolution);
