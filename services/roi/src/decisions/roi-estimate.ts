import type { EventData, roiEstimateEvents } from '@headroom/contracts/events';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { RoiEstimateEvent } from '../events/streams.ts';
import { estimate } from './roi/estimate.ts';
import { type AskedEstimate, type Each, gainsOf, type InputsRefusal, type Scenario } from './roi/estimate-inputs.ts';
import type { AgencyFacts, ProjectFacts } from './surroundings.ts';

type Events = EventData<(typeof roiEstimateEvents)[number]>;

/** An estimate that was shared, and the project it was sold as. */
export interface RoiEstimate {
  shared: Events['RoiEstimateShared'] | undefined;
  linked: Events['RoiEstimateLinked'] | undefined;
}

export const roiEstimateEvolution: Evolution<RoiEstimate, RoiEstimateEvent> = {
  initial: () => ({ shared: undefined, linked: undefined }),
  evolve: (state, event) => {
    if (event.type === 'RoiEstimateShared') state.shared = event.data;
    else state.linked = event.data;
    return state;
  },
};

export interface ShareRoiEstimate extends AskedEstimate {
  readonly estimateId: string;
  readonly clientId?: string | undefined;
  readonly title: string;
  readonly sharedOn: string;
  readonly currency: string;
  readonly months: number;
}

export type ShareRefusal =
  | InputsRefusal
  | 'agency-not-configured'
  | 'client-not-found'
  | 'currency-mismatch'
  | 'estimate-exists';

/** What is shared is kept as it was calculated: a later change of the formula changes nothing that was told. */
export const decideShareEstimate = (
  command: ShareRoiEstimate,
  { shared }: RoiEstimate,
  { agency, clientExists }: { readonly agency: AgencyFacts | undefined; readonly clientExists: boolean },
): Decision<RoiEstimateEvent, ShareRefusal> => {
  const { estimateId, clientId, title, sharedOn, currency, setupMinor, monthlyFeeMinor, months } = command;
  if (shared !== undefined) return refuse('estimate-exists');
  if (agency === undefined) return refuse('agency-not-configured');
  if (!clientExists) return refuse('client-not-found');
  if (currency !== agency.currency) return refuse('currency-mismatch', { currency: agency.currency });
  const gains = gainsOf(command);
  if (typeof gains === 'string') return refuse(gains);
  const at = (scenario: Scenario) => estimate({ setupMinor, monthlyFeeMinor, gainsMinor: gains[scenario], months });
  const all = { low: at('low'), base: at('base'), high: at('high') };
  const each = <Value>(of: (scenario: Scenario) => Value): Each<Value> => ({
    low: of('low'),
    base: of('base'),
    high: of('high'),
  });
  return accept({
    type: 'RoiEstimateShared',
    data: {
      estimateId,
      clientId: clientId ?? null,
      title,
      sharedOn,
      setup: { minor: setupMinor, currency },
      monthlyFee: { minor: monthlyFeeMinor, currency },
      months,
      gainsMinor: each((scenario) => [...gains[scenario]]),
      roi: each((scenario) => all[scenario].roi),
      paybackMonth: each((scenario) => all[scenario].paybackMonth),
      formulaVersion: FORMULA_VERSION,
    },
  });
};

export interface LinkRoiEstimate {
  readonly estimateId: string;
  readonly projectId: string;
  readonly startMonth: string;
}

export const decideLinkEstimate = (
  { estimateId, projectId, startMonth }: LinkRoiEstimate,
  { shared, linked }: RoiEstimate,
  project: ProjectFacts | undefined,
): Decision<RoiEstimateEvent, 'estimate-not-found' | 'project-not-found' | 'other-client' | 'nothing-changed'> => {
  if (shared === undefined) return refuse('estimate-not-found');
  if (project === undefined) return refuse('project-not-found');
  const { clientId } = project;
  if (shared.clientId !== null && shared.clientId !== clientId) return refuse('other-client');
  if (linked?.projectId === projectId && linked.startMonth === startMonth) return refuse('nothing-changed');
  return accept({ type: 'RoiEstimateLinked', data: { estimateId, projectId, clientId, startMonth } });
};
