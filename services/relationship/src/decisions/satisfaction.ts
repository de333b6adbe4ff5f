import type { EventData, satisfactionRecorded } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { SatisfactionEvent } from '../events/streams.ts';
import type { Client } from './client.ts';
import type { ProjectFacts } from './surroundings.ts';

type Recorded = EventData<typeof satisfactionRecorded>['SatisfactionRecorded'];

/** What one client has said of its satisfaction. */
export interface Satisfaction {
  readonly ids: Set<string>;
}

export const satisfactionEvolution: Evolution<Satisfaction, SatisfactionEvent> = {
  initial: () => ({ ids: new Set() }),
  evolve: (satisfaction, event) => {
    switch (event.type) {
      case 'SatisfactionRecorded':
        satisfaction.ids.add(event.data.satisfactionId);
        return satisfaction;
    }
  },
};

export interface RecordSatisfaction extends Pick<Recorded, 'satisfactionId' | 'clientId' | 'score' | 'statedBy'> {
  readonly projectId?: string | undefined;
  readonly statedOn?: string | undefined;
  readonly words?: string | undefined;
}

/** What a client says holds from the day on which it said so; today when none is given. */
export const decideRecordSatisfaction = (
  { satisfactionId, clientId, projectId, score, statedBy, statedOn, words }: RecordSatisfaction,
  satisfaction: Satisfaction,
  around: {
    readonly today: string | undefined;
    readonly client: Client;
    /** Looked at when the command names a project. */
    readonly project: ProjectFacts | undefined;
  },
): Decision<
  SatisfactionEvent,
  | 'agency-not-configured'
  | 'client-not-found'
  | 'project-not-found'
  | 'project-of-another-client'
  | 'satisfaction-exists'
> => {
  const { today, client, project } = around;
  if (today === undefined) return refuse('agency-not-configured');
  if (!client.registered) return refuse('client-not-found');
  if (projectId !== undefined && project === undefined) return refuse('project-not-found');
  if (project !== undefined && project.clientId !== clientId) return refuse('project-of-another-client');
  if (satisfaction.ids.has(satisfactionId)) return refuse('satisfaction-exists');
  return accept({
    type: 'SatisfactionRecorded',
    data: {
      satisfactionId,
      clientId,
      projectId: projectId ?? null,
      score,
      statedBy,
      statedOn: statedOn ?? today,
      words: words ?? null,
    },
  });
};
