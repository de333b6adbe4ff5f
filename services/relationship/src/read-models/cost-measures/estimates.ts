import type { CostMethod } from '@headroom/contracts/events';
import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { addDays, addMonths, firstDayOf, lastDayOf, monthOf } from '@headroom/kernel';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import {
  ESTIMATE_MONTHS,
  type Estimate,
  type EstimateFacts,
  estimates,
  medianOf,
  specialityOf,
} from '../../decisions/cost-measures/estimate.ts';
import { type ClientRow, clientTable } from '../tables.ts';
import { contactMonths, contactsIn } from './contacts.ts';
import { outOfScopeWork } from './out-of-scope.ts';
import { type CostMeasureRow, costMeasureTable } from './tables.ts';

/** The whole months that an estimate looks back at from a day: `[from, to)`. */
export const estimateWindow = (asOf: string): { readonly from: string; readonly to: string } => {
  const month = monthOf(asOf);
  const last = asOf === lastDayOf(month) ? month : addMonths(month, -1);
  return { from: firstDayOf(addMonths(last, 1 - ESTIMATE_MONTHS)), to: firstDayOf(addMonths(last, 1)) };
};

/** Whether a measure applies on a day. */
export const isRunning = ({ startedOn, endedOn }: CostMeasureRow, day: string): boolean =>
  startedOn <= day && (endedOn === null || endedOn >= day);

/** A client with the estimates for it. */
export interface Estimated {
  readonly client: ClientRow;
  readonly facts: EstimateFacts;
  readonly estimates: readonly Estimate[];
  /** Costs in the window, or of the client as such, would tell one person's rate. */
  readonly tellsOneRate: boolean;
  readonly running: (method: CostMethod) => string[];
}

const touches = ({ scope }: CostMeasureRow, clientId: string): boolean =>
  scope.kind === 'agency' || scope.clientId === clientId;

const estimateAll = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, agency, asOf }: { readonly tenantId: string; readonly agency: AgencySettings; readonly asOf: string },
): Promise<readonly Estimated[]> => {
  const window = estimateWindow(asOf);
  const lastDay = addDays(window.to, -1);
  const [clients, contacts, measures, whole, contractorRates, outOfScope] = await Promise.all([
    reader.where(clientTable, 'byName', [tenantId]),
    contactMonths(reader, tenantId, window.from),
    reader.where(costMeasureTable, 'byStart', [tenantId]),
    profitability.effortBetween(reader, tenantId, { kind: 'agency' }, [window]),
    profitability.contractorRates(reader, tenantId, lastDay),
    outOfScopeWork(profitability, reader, tenantId, { from: window.from, lastDay }),
  ]);
  const present = clients.filter(({ since }) => since < window.to);
  const monthsOf = Map.groupBy(contacts, ({ clientId }) => clientId);
  const contactsOf = new Map(
    present.map(({ clientId }) => [clientId, contactsIn(monthsOf.get(clientId) ?? [], window)] as const),
  );
  const medianUnplannedSeconds = medianOf([...contactsOf.values()].map(({ unplannedSeconds }) => unplannedSeconds));
  const speciality = specialityOf(whole[0] ?? { ownWork: [] });
  const estimated: Estimated[] = [];
  for (const client of present) {
    const { clientId } = client;
    const [effort] = await profitability.effortBetween(reader, tenantId, { kind: 'client', clientId }, [window]);
    const [figures] = await profitability.clientUpTo(reader, tenantId, clientId, [lastDay]);
    const made = contactsOf.get(clientId);
    if (effort === undefined || made === undefined) throw new Error('a window was asked for and not answered');
    const { unplannedSeconds, inboundSeconds, outboundSeconds } = made;
    const facts: EstimateFacts = {
      currency: agency.currency,
      effort,
      unplannedSeconds,
      inboundSeconds,
      outboundSeconds,
      medianUnplannedSeconds,
      contractorRates,
      speciality,
      outOfScope: outOfScope(clientId),
    };
    const applying = measures.filter((measure) => isRunning(measure, asOf) && touches(measure, clientId));
    estimated.push({
      client,
      facts,
      estimates: estimates(facts),
      tellsOneRate: effort.costedPeople === 1 || (figures?.tellsOneRate ?? false),
      running: (method) => applying.filter((each) => each.method === method).map(({ measureId }) => measureId),
    });
  }
  return estimated;
};

/** The list is asked for page by page, by method and by client. */
const remembered = new RememberedBySnapshot<readonly Estimated[]>(16);

/** Every client of an agency with what each method would save, by client. */
export const allEstimates = (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  asked: { readonly tenantId: string; readonly agency: AgencySettings; readonly asOf: string },
): Promise<readonly Estimated[]> =>
  remembered.of(reader, `${asked.tenantId} ${asked.asOf}`, () => estimateAll(profitability, reader, asked));
