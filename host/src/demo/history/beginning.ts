import { categories, defaultLoyaltySettings, defaultRuleSettings } from '@headroom/contracts/events';
import type { Recorder } from './recorder.ts';
import { CURRENCY, rateText, type World } from './world.ts';

const standard = {
  standardId: 'standard',
  margin: '0.4',
  effectiveFrom: '2022-01-01',
  serviceType: null,
};

/** The first day: settings, people with their rates, clients. */
export const recordBeginning = (world: World, recorder: Recorder): void => {
  const settings = {
    name: 'Northlight',
    currency: CURRENCY,
    timeZone: 'Europe/Moscow',
    costBasis: 'billable',
    loyalty: defaultLoyaltySettings,
    ...defaultRuleSettings,
  } as const;
  recorder.record(categories.agency, [], [{ type: 'AgencyConfigured', data: settings }]);
  recorder.record(
    categories.standard,
    [standard.standardId],
    [
      { type: 'StandardProposed', data: { ...standard, rationale: null, review: null, proposedBy: 'key:manager' } },
      { type: 'StandardApproved', data: { ...standard, approvedBy: 'key:finance' } },
    ],
  );
  for (const { id, role, rateUnits } of world.specialists) {
    recorder.record(
      categories.specialist,
      [id],
      [
        {
          type: 'SpecialistAdded',
          data: { specialistId: id, name: `Person ${id}`, role, kind: 'employee', externalRef: null },
        },
        {
          type: 'CostRateSet',
          data: {
            rateId: `${id}-first`,
            specialistId: id,
            effectiveFrom: '2022-01-01',
            ratePerHour: rateText(rateUnits),
            currency: CURRENCY,
            basis: 'billable',
            breakdown: null,
          },
        },
      ],
    );
  }
  for (const clientId of world.clients) {
    recorder.record(
      categories.client,
      [clientId],
      [
        {
          type: 'ClientRegistered',
          data: { clientId, name: `Company ${clientId}`, since: '2022-01-03', externalRef: null },
        },
      ],
    );
  }
};
