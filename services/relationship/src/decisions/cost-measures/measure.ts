import type { CostMethod, costMeasureStarted, EventData, MeasureScope, Money } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { CostMeasureEvent } from '../../events/streams.ts';

type Started = EventData<typeof costMeasureStarted>['CostMeasureStarted'];

export interface CostMeasure {
  started: Started | undefined;
  ended: boolean;
}

export const costMeasureEvolution: Evolution<CostMeasure, CostMeasureEvent> = {
  initial: () => ({ started: undefined, ended: false }),
  evolve: (measure, event) => {
    switch (event.type) {
      case 'CostMeasureStarted':
        measure.started = event.data;
        return measure;
      case 'CostMeasureEnded':
        measure.ended = true;
        return measure;
    }
  },
};

export interface StartCostMeasure {
  readonly measureId: string;
  readonly method: CostMethod;
  readonly startedOn?: string | undefined;
  readonly expectedMonthlySaving?: Money | undefined;
  readonly note?: string | undefined;
}

/** Where a measure is to apply, as it was found. */
export type FoundScope = MeasureScope | 'client-not-found' | 'project-not-found';

export const decideStartMeasure = (
  { measureId, method, startedOn, expectedMonthlySaving, note }: StartCostMeasure,
  measure: CostMeasure,
  around: {
    readonly agency: { readonly today: string; readonly currency: string } | undefined;
    readonly scope: FoundScope;
  },
): Decision<
  CostMeasureEvent,
  'agency-not-configured' | 'client-not-found' | 'project-not-found' | 'currency-mismatch' | 'cost-measure-exists'
> => {
  const { agency, scope } = around;
  if (agency === undefined) return refuse('agency-not-configured');
  if (typeof scope === 'string') return refuse(scope);
  const { currency, today } = agency;
  if (expectedMonthlySaving !== undefined && expectedMonthlySaving.currency !== currency) {
    return refuse('currency-mismatch', { currency });
  }
  if (measure.started !== undefined) return refuse('cost-measure-exists');
  return accept({
    type: 'CostMeasureStarted',
    data: {
      measureId,
      method,
      scope,
      startedOn: startedOn ?? today,
      expectedMonthlySaving: expectedMonthlySaving ?? null,
      note: note ?? null,
    },
  });
};

export const decideEndMeasure = (
  {
    measureId,
    endedOn,
    note,
  }: { readonly measureId: string } & {
    readonly endedOn?: string | undefined;
    readonly note?: string | undefined;
  },
  { started, ended }: CostMeasure,
  today: string | undefined,
): Decision<
  CostMeasureEvent,
  'agency-not-configured' | 'cost-measure-not-found' | 'cost-measure-ended' | 'ends-before-start'
> => {
  if (started === undefined) return refuse('cost-measure-not-found');
  if (ended) return refuse('cost-measure-ended');
  const on = endedOn ?? today;
  if (on === undefined) return refuse('agency-not-configured');
  if (on < started.startedOn) return refuse('ends-before-start', { startedOn: started.startedOn });
  return accept({ type: 'CostMeasureEnded', data: { measureId, endedOn: on, note: note ?? null } });
};
