import { defaultLoyaltySettings } from '@headroom/contracts/events';
import type { CumulativeFigures, ProfitabilityQuestions, StageForecast } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/** What the profitability service would answer, stated by hand: an agency in roubles and Moscow time. */
export const statedProfitability = ({
  configured = true,
  projects = {},
  stages = [],
}: {
  readonly configured?: boolean;
  /** What each project had earned from a date on; the last one that began holds. */
  readonly projects?: Readonly<Record<string, readonly (Partial<CumulativeFigures> & { readonly date: string })[]>>;
  readonly stages?: readonly StageForecast[];
}): ProfitabilityQuestions<RowReader> => {
  const upTo = (projectId: string, dates: readonly string[]): CumulativeFigures[] =>
    dates.map((date) => ({
      revenueMinor: 0,
      costMinor: 0,
      seconds: 0,
      unpaidSeconds: 0,
      uncostedSeconds: 0,
      tellsOneRate: stages.some((stage) => stage.projectId === projectId && stage.costedPeople === 1),
      ...projects[projectId]?.findLast((each) => each.date <= date),
      date,
    }));
  return {
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
    clientUpTo: async (_reader, _tenantId, _clientId, dates) => upTo('', dates),
    projectUpTo: async (_reader, _tenantId, projectId, dates) => upTo(projectId, dates),
    agencyUpTo: async (_reader, _tenantId, dates) => upTo('', dates),
    stage: async (_reader, _tenantId, stageId) => stages.find((each) => each.stageId === stageId),
    openStages: async () => [],
    stagesOfClient: async () => stages.map((each) => ({ ...each, startedOn: null, closedOn: null })),
    effortBetween: async () => [],
    contractorRates: async () => [],
    unplannedWork: async () => [],
    workForRequests: async () => [],
    workForRequest: async () => [],
    entry: async () => undefined,
    hasWorkedOn: async () => false,
    projectsOfClient: async () => ({ items: [], next: null }),
    hoursOfClient: async () => ({ items: [], next: null }),
    countedEntries: async () => new Set<string>(),
    ownRoles: async () => new Set(['designer', 'manager']),
  };
};
