import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import type { RevenueBasis } from './bases.ts';
import { unattributedSeconds } from './portfolio/unattributed.ts';
import { qualityOf } from './quality.ts';
import { type Configured, stagesOf, viewStage } from './stage-view.ts';
import { projectTable } from './tables.ts';
import { totalsOf } from './totals.ts';
import { stageVisibility, totalVisibility } from './visibility.ts';

interface LevelQuestion {
  readonly tenantId: string;
  readonly agency: Configured;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly basis: RevenueBasis;
}

type Scope = { readonly projectId: string } | { readonly clientId: string };

const ALWAYS = { from: '0000-01', to: '9999-12' };

/** Seconds of known projects without a stage, up to and with a day. */
const withoutStage = async (reader: RowReader, tenantId: string, scope: Scope, asOf: string): Promise<number> => {
  const projects =
    'projectId' in scope
      ? [await reader.get(projectTable, tenantId, scope.projectId)]
      : await reader.where(projectTable, 'byClient', [tenantId, scope.clientId]);
  return unattributedSeconds(
    projects.filter((project) => project !== undefined),
    { ...ALWAYS, asOf },
  );
};

/** A project or a client: rounded stages, added; lines add up to the totals. */
export const levelProfitability = async (reader: RowReader, scope: Scope, question: LevelQuestion) => {
  const { tenantId, agency, asOf, seesRates, basis } = question;
  const { currency } = agency.settings;
  const rows = await stagesOf(reader, tenantId, scope);
  const lines = await Promise.all(
    rows.map(async (row) => {
      const view = await viewStage(reader, row, agency, asOf);
      return { view, figures: view.figures, visibility: stageVisibility(seesRates, view.figures, view.state) };
    }),
  );
  const visible = totalVisibility(lines);
  return {
    ...totalsOf(
      lines.map(({ figures }) => figures),
      { currency, basis, visible },
    ),
    stages: lines.map(({ view: { row, state, figures }, visibility }) => ({
      stageId: row.stageId,
      projectId: row.projectId,
      name: row.name,
      status: state.status,
      ...totalsOf([figures], { currency, basis, visible: visibility }),
    })),
    revenueBasis: basis,
    currency,
    quality: qualityOf(
      lines.map(({ view }) => view),
      await withoutStage(reader, tenantId, scope, asOf),
    ),
    suppressed: !(visible.actual && lines.every(({ visibility }) => visibility.actual)),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
