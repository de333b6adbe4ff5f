import { defaultLoyaltySettings } from '@headroom/contracts/events';
import type {
  CumulativeFigures,
  ProfitabilityQuestions,
  StageForecast,
  StageSummary,
  WorkItem,
} from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/** What the profitability service would answer, stated by hand. */
export interface StatedProfitability {
  readonly configured?: boolean;
  /** Cumulative figures from a date on; the last one that began holds. */
  readonly client?: readonly Partial<CumulativeFigures>[];
  readonly agency?: readonly Partial<CumulativeFigures>[];
  readonly stages?: readonly (StageForecast & Pick<StageSummary, 'startedOn'>)[];
  readonly unplanned?: readonly WorkItem[];
  readonly forRequest?: Readonly<Record<string, readonly WorkItem[]>>;
}

const upTo = (known: readonly Partial<CumulativeFigures>[], dates: readonly string[]): CumulativeFigures[] =>
  dates.map((date) => ({
    revenueMinor: 0,
    costMinor: 0,
    seconds: 0,
    unpaidSeconds: 0,
    uncostedSeconds: 0,
    tellsOneRate: false,
    ...known.findLast((each) => (each.date ?? '') <= date),
    date,
  }));

/** An agency in roubles and Moscow time with a standard of 40%. */
export const statedProfitability = ({
  configured = true,
  client = [],
  agency = [],
  stages = [],
  unplanned = [],
  forRequest = {},
}: StatedProfitability): ProfitabilityQuestions<RowReader> => ({
  agency: async () =>
    configured
      ? {
          name: 'Northlight',
          currency: 'RUB',
          timeZone: 'Europe/Moscow',
          loyalty: defaultLoyaltySettings,
          exchangeRates: [],
        }
      : undefined,
  standardOn: async () => '0.4',
  clientUpTo: async (_reader, _tenantId, _clientId, dates) =>
    upTo(client, dates).map((each) => ({
      ...each,
      tellsOneRate: stages.some(({ costedPeople }) => costedPeople === 1),
    })),
  projectUpTo: async (_reader, _tenantId, _projectId, dates) => upTo(client, dates),
  agencyUpTo: async (_reader, _tenantId, dates) => upTo(agency, dates),
  stage: async (_reader, _tenantId, stageId) => stages.find((each) => each.stageId === stageId),
  stagesOfClient: async () => stages.map((each) => ({ ...each, closedOn: null })),
  unplannedWork: async () => [...unplanned],
  workForRequest: async (_reader, _tenantId, requestId) => [...(forRequest[requestId] ?? [])],
  entry: async () => undefined,
  hasWorkedOn: async () => false,
  ownRoles: async () => new Set(['designer', 'manager']),
});
