import type { CostBreakdown } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import { costPerHour, formatRate, rateUnits } from '@headroom/money';
import type { SpecialistEvent } from '../events/streams.ts';
import type { Agency } from './agency.ts';

export interface Specialist {
  exists: boolean;
  deactivatedOn?: string | undefined;
}

export const specialistEvolution: Evolution<Specialist, SpecialistEvent> = {
  initial: () => ({ exists: false }),
  evolve: (specialist, event) => {
    switch (event.type) {
      case 'SpecialistAdded':
        specialist.exists = true;
        return specialist;
      case 'CostRateSet':
        return specialist;
      case 'SpecialistDeactivated':
        specialist.deactivatedOn = event.data.deactivatedOn;
        return specialist;
    }
  },
};

export interface AddSpecialist {
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  readonly kind: 'employee' | 'contractor';
  readonly externalRef?: string | undefined;
}

export const decideAddSpecialist = (
  { specialistId, name, role, kind, externalRef }: AddSpecialist,
  specialist: Specialist,
): Decision<SpecialistEvent, 'specialist-exists'> =>
  specialist.exists
    ? refuse('specialist-exists')
    : accept({
        type: 'SpecialistAdded',
        data: { specialistId, name, role, kind, externalRef: externalRef ?? null },
      });

export interface DeactivateSpecialist {
  readonly specialistId: string;
  readonly deactivatedOn: string;
}

export const decideDeactivate = (
  { specialistId, deactivatedOn }: DeactivateSpecialist,
  specialist: Specialist,
): Decision<SpecialistEvent, 'specialist-not-found' | 'specialist-deactivated'> => {
  if (!specialist.exists) return refuse('specialist-not-found');
  if (specialist.deactivatedOn !== undefined) {
    return refuse('specialist-deactivated', { deactivatedOn: specialist.deactivatedOn });
  }
  return accept({ type: 'SpecialistDeactivated', data: { specialistId, deactivatedOn } });
};

export interface SetCostRate {
  readonly rateId: string;
  readonly specialistId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour?: string | undefined;
  readonly breakdown?: CostBreakdown | undefined;
  readonly basis?: 'capacity' | 'billable' | undefined;
}

export type SetCostRateRefusal = 'agency-not-configured' | 'specialist-not-found' | 'basis-mismatch' | 'no-sold-hour';

/** The rate as given or derived from its breakdown, always with 4 decimals, on the agency's one basis. */
export const decideSetCostRate = (
  { rateId, specialistId, effectiveFrom, ratePerHour, breakdown, basis }: SetCostRate,
  specialist: Specialist,
  { configured }: Agency,
): Decision<SpecialistEvent, SetCostRateRefusal> => {
  if (configured === undefined) return refuse('agency-not-configured');
  if (!specialist.exists) return refuse('specialist-not-found');
  const { currency, costBasis } = configured;
  if (basis !== undefined && basis !== costBasis) return refuse('basis-mismatch', { basis: costBasis });
  if (breakdown !== undefined && costBasis === 'billable' && Number(breakdown.utilisation) === 0) {
    return refuse('no-sold-hour');
  }
  const rate =
    breakdown === undefined ? formatRate(rateUnits(ratePerHour ?? '0')) : costPerHour(breakdown, costBasis, currency);
  return accept({
    type: 'CostRateSet',
    data: {
      rateId,
      specialistId,
      effectiveFrom,
      ratePerHour: rate,
      currency,
      basis: costBasis,
      breakdown: breakdown ?? null,
    },
  });
};
