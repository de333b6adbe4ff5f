import type { RestatedMonth } from '@headroom/contracts/events';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader, SupposedReader } from '@headroom/projecting';
import { marginOf } from '../../formulas/stage-figures.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { unattributedSeconds } from '../portfolio/unattributed.ts';
import { qualityOf } from '../quality.ts';
import type { Configured } from '../stage-view.ts';
import { clientTable, specialistTable, type TimeEntryRow, timeEntryTable } from '../tables.ts';
import { bothWorlds } from './both-worlds.ts';
import { restatedMonths, reviewsTouched } from './closed-months.ts';
import { flipsIn } from './flips.ts';
import { movedLevels } from './moved-levels.ts';

const MOST_FLIPS = 500;
const ALWAYS = { from: '0000-01', to: '9999-12' };

const entriesPricedAnew = (entries: readonly TimeEntryRow[]) => {
  const dates = entries.map(({ workDate }) => workDate).sort();
  return {
    count: entries.length,
    seconds: entries.reduce((sum, { seconds }) => sum + seconds, 0),
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
  };
};

const shownMonth = ({ month, before, after, seconds }: RestatedMonth, currency: string) => {
  const figures = ({ revenueMinor, costMinor }: RestatedMonth['before']) => ({
    revenue: { minor: revenueMinor, currency },
    cost: { minor: costMinor, currency },
    profit: { minor: revenueMinor - costMinor, currency },
    margin: marginOf(revenueMinor, costMinor),
  });
  return { month, before: figures(before), after: figures(after), seconds };
};

/**
 * What a change of cost rates or standards does: the agency as the reader shows it beside the agency as the supposed
 * events would leave it, on one day. `limit` bounds each list of lines, the ones that move most first.
 */
export const rateChangeEffect = async (
  inMind: AgencyStages,
  reader: RowReader,
  supposed: SupposedReader,
  { agency, asOf, limit }: { readonly agency: Configured; readonly asOf: string; readonly limit: number },
) => {
  const { currency } = agency.settings;
  const worlds = await bothWorlds(inMind, reader, supposed, { agency, asOf });
  const entries = supposed.changed(timeEntryTable);
  const restated = await restatedMonths(reader, worlds, entries, asOf);
  const flips = flipsIn(worlds, supposed, asOf);
  const [clients, people] = await Promise.all([
    reader.where(clientTable, 'byTenant', [agency.tenantId]),
    reader.where(specialistTable, 'byTenant', [agency.tenantId]),
  ]);
  const clientNames = new Map(clients.map(({ clientId, name }) => [clientId, name]));
  const peopleNames = new Map(people.map(({ specialistId, name }) => [specialistId, name]));
  const names = {
    client: (id: string) => clientNames.get(id) ?? null,
    person: (id: string) => peopleNames.get(id) ?? null,
  };
  return {
    restated,
    effect: {
      entries: entriesPricedAnew(entries),
      ...movedLevels(worlds, names, { currency, limit, asOf }),
      flips: { count: flips.length, items: flips.slice(0, MOST_FLIPS) },
      closedMonths: restated.map((month) => shownMonth(month, currency)),
      frozenReviews: await reviewsTouched(reader, worlds),
      revenueBasis: 'earned' as const,
      currency,
      quality: qualityOf(
        worlds.pairs.map(({ after }) => after),
        unattributedSeconds(worlds.projects.values(), { ...ALWAYS, asOf }),
      ),
      asOf,
      knownAt: reader.position,
      formulaVersion: FORMULA_VERSION,
    },
  };
};
