import { defaultLoyaltySettings } from '@headroom/contracts/events';
import type {
  ContractorRate,
  CumulativeFigures,
  Effort,
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
  /** What went into the work from a date on. */
  readonly efforts?: readonly (Partial<Effort> & { readonly from: string })[];
  readonly contractorRates?: readonly ContractorRate[];
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

const NO_EFFORT: Effort = {
  revenueMinor: 0,
  costMinor: 0,
  labourCostMinor: 0,
  seconds: 0,
  uncostedSeconds: 0,
  contactSeconds: 0,
  contactCostMinor: 0,
  favourSeconds: 0,
  favourCostMinor: 0,
  ownWork: [],
  costedPeople: 0,
  stages: 0,
};

/** An agency in roubles and Moscow time with a standard of 40%. */
export const statedProfitability = ({
  configured = true,
  client = [],
  agency = [],
  stages = [],
  efforts = [],
  contractorRates = [],
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
  openStages: async () =>
    stages.filter(({ status }) => status === 'started').map((each) => ({ ...each, costShare: '0.500000' })),
  stagesOfClient: async () => stages.map((each) => ({ ...each, closedOn: null })),
  effortBetween: async (_reader, _tenantId, _scope, windows) =>
    windows.map((window) => ({ ...NO_EFFORT, ...efforts.find(({ from }) => from === window.from) })),
  contractorRates: async () => [...contractorRates],
  unplannedWork: async () => [...unplanned],
  workForRequests: async (_reader, _tenantId, requestIds) =>
    requestIds.flatMap((requestId) => [...(forRequest[requestId] ?? [])]),
  workForRequest: async (_reader, _tenantId, requestId) => [...(forRequest[requestId] ?? [])],
  entry: async () => undefined,
  hasWorkedOn: async () => false,
  projectsOfClient: async () => ({ items: [], next: null }),
  hoursOfClient: async () => ({ items: [], next: null }),
  countedEntries: async () => new Set<string>(),
  ownRoles: async () => new Set(['designer', 'manager']),
});
