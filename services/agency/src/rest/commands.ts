import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { addSpecialist } from '../commands/add-specialist.ts';
import { approveStandard } from '../commands/approve-standard.ts';
import { configureAgency } from '../commands/configure-agency.ts';
import { deactivateSpecialist } from '../commands/deactivate-specialist.ts';
import { proposeStandard } from '../commands/propose-standard.ts';
import { setBillRate } from '../commands/set-bill-rate.ts';
import { setCostRate } from '../commands/set-cost-rate.ts';
import { setExchangeRate } from '../commands/set-exchange-rate.ts';
import { setWorkingHours } from '../commands/set-working-hours.ts';

/** The commands of the agency service, tied to their contracts. */
export const agencyCommands = (commands: Commands): Bound[] => [
  bindCommand(contract.configureAgency, async ({ context, body }) =>
    reply(await configureAgency(commands, context, body), (events) => eventOf(events, 'AgencyConfigured')),
  ),
  bindCommand(contract.setWorkingHours, async ({ context, body }) =>
    reply(await setWorkingHours(commands, context, body), (events) => eventOf(events, 'WorkingHoursSet')),
  ),
  bindCommand(contract.setExchangeRate, async ({ context, body }) =>
    reply(await setExchangeRate(commands, context, body), (events) => eventOf(events, 'ExchangeRateSet')),
  ),
  bindCommand(contract.addSpecialist, async ({ context, body }) =>
    reply(await addSpecialist(commands, context, body), (events) => {
      const { specialistId, name, role, kind } = eventOf(events, 'SpecialistAdded');
      return { specialistId, name, role, kind };
    }),
  ),
  bindCommand(contract.setCostRate, async ({ context, params, body }) =>
    reply(await setCostRate(commands, context, { ...params, ...body }), (events) => {
      const { breakdown: _, ...rate } = eventOf(events, 'CostRateSet');
      return rate;
    }),
  ),
  bindCommand(contract.setBillRate, async ({ context, body }) =>
    reply(await setBillRate(commands, context, body), (events) => eventOf(events, 'BillRateSet')),
  ),
  bindCommand(contract.deactivateSpecialist, async ({ context, params, body }) =>
    reply(await deactivateSpecialist(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'SpecialistDeactivated'),
    ),
  ),
  bindCommand(contract.proposeStandard, async ({ context, body, caller: { seesRates } }) =>
    reply(await proposeStandard(commands, context, { ...body, seesRates }), (events) => {
      const { standardId, margin, effectiveFrom, review } = eventOf(events, 'StandardProposed');
      return { standardId, margin, effectiveFrom, review };
    }),
  ),
  bindCommand(contract.approveStandard, async ({ context, params, body }) =>
    reply(await approveStandard(commands, context, { ...params, ...body }), (events) => {
      const { standardId, margin, effectiveFrom } = eventOf(events, 'StandardApproved');
      return { standardId, margin, effectiveFrom };
    }),
  ),
];
