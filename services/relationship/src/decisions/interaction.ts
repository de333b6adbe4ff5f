import type { EventData, interactionLogged } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { InteractionEvent } from '../events/streams.ts';
import type { Client } from './client.ts';
import type { ProjectFacts } from './surroundings.ts';

type Logged = EventData<typeof interactionLogged>['InteractionLogged'];

/** The contacts of one client in one month. */
export interface Interactions {
  readonly ids: Set<string>;
}

export const interactionsEvolution: Evolution<Interactions, InteractionEvent> = {
  initial: () => ({ ids: new Set() }),
  evolve: (interactions, event) => {
    switch (event.type) {
      case 'InteractionLogged':
        interactions.ids.add(event.data.interactionId);
        return interactions;
    }
  },
};

export interface LogInteraction {
  readonly interactionId: string;
  readonly clientId: string;
  readonly projectId?: string | undefined;
  readonly channel: Logged['channel'];
  readonly direction: Logged['direction'];
  readonly occurredAt: string;
  readonly seconds: number;
  readonly planned: boolean;
  readonly note?: string | undefined;
}

export type LogInteractionRefusal =
  | 'agency-not-configured'
  | 'client-not-found'
  | 'project-not-found'
  | 'project-of-another-client'
  | 'interaction-exists';

/** `occurredOn` is the agency's day of the contact; undefined as long as the agency has no time zone. */
export const decideLogInteraction = (
  command: LogInteraction,
  interactions: Interactions,
  around: {
    readonly occurredOn: string | undefined;
    readonly client: Client;
    /** Looked at when the command names a project. */
    readonly project: ProjectFacts | undefined;
  },
): Decision<InteractionEvent, LogInteractionRefusal> => {
  const { projectId, note, ...said } = command;
  const { occurredOn, client, project } = around;
  if (occurredOn === undefined) return refuse('agency-not-configured');
  if (!client.registered) return refuse('client-not-found');
  if (projectId !== undefined && project === undefined) return refuse('project-not-found');
  if (project !== undefined && project.clientId !== command.clientId) return refuse('project-of-another-client');
  if (interactions.ids.has(command.interactionId)) return refuse('interaction-exists');
  const { interactionId, clientId, channel, direction, occurredAt, seconds, planned } = said;
  return accept({
    type: 'InteractionLogged',
    data: {
      interactionId,
      clientId,
      projectId: projectId ?? null,
      channel,
      direction,
      occurredAt,
      occurredOn,
      seconds,
      planned,
      note: note ?? null,
    },
  });
};
