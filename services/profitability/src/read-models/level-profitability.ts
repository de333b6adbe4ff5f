import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import type { RevenueBasis } from './bases.ts';
import { AgencyStages } from './in-mind/agency-stages.ts';
import { unattributedSeconds } from './portfolio/unattributed.ts';
import { qualityOf } from './quality.ts';
import type { Configured } from './stage-view.ts';
import { projectTable, stageTable } from './tables.ts';
import { totalsOf } from './totals.ts';
import { SEES_ALL, totalVisibility } from './visibility.ts';

interface LevelQuestion {
  readonly tenantId: string;
  readonly agency: Configured;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly basis: RevenueBasis;
}

export type LevelScope = { readonly projectId: string } | { readonly clientId: string };

const ALWAYS = { from: '0000-01', to: '9999-12' };

/** Seconds of known projects without a stage, up to and with a day. */
const withoutStage = async (reader: RowReader, tenantId: string, scope: LevelScope, asOf: string): Promise<number> => {
  const projects =
    'projectId' in scope
      ? [await reader.get(projectTable, tenantId, scope.projectId)]
      : await reader.where(projectTable, 'byClient', [tenantId, scope.clientId]);
  return unattributedSeconds(
    projects.filter((project) => project !== undefined),
    { ...ALWAYS, asOf },
  );
};

/**
 * A project has few stages, which may be read alone where the agency's are not in mind; those of a client may be many. A
 * reader that shows some of the rows only is read for that one question.
 */
export const stagesOnDays = async (inMind: AgencyStages, reader: RowReader, scope: LevelScope, agency: Configured) => {
  if (reader.partial || ('projectId' in scope && !inMind.holds(agency.tenantId))) {
    const { tenantId } = agency;
    const rows =
      'projectId' in scope
        ? await reader.where(stageTable, 'byProject', [tenantId, scope.projectId])
        : await reader.where(stageTable, 'byClient', [tenantId, scope.clientId]);
    return { stages: await AgencyStages.only(rows, reader, agency), rows };
  }
  const stages = await inMind.of(reader, agency);
  return { stages, rows: 'projectId' in scope ? stages.ofProject(scope.projectId) : stages.ofClient(scope.clientId) };
};

/** A project or a client: rounded stages, added; lines add up to the totals. */
export const levelProfitability = async (
  inMind: AgencyStages,
  reader: RowReader,
  scope: LevelScope,
  question: LevelQuestion,
) => {
  const { tenantId, agency, asOf, seesRates, basis } = question;
  const { currency } = agency.settings;
  const { stages, rows } = await stagesOnDays(inMind, reader, scope, agency);
  await stages.prepare(rows, asOf);
  const lines = rows.map((row) => {
    const cell = stages.cell(row, asOf);
    return { row, cell, figures: cell.figures, visibility: seesRates ? SEES_ALL : cell.visibility };
  });
  const visible = totalVisibility(lines);
  return {
    ...totalsOf(
      lines.map(({ figures }) => figures),
      { currency, basis, visible },
    ),
    stages: lines.map(({ row, cell, figures, visibility }) => ({
      stageId: row.stageId,
      projectId: row.projectId,
      name: row.name,
      status: cell.status,
      ...totalsOf([figures], { currency, basis, visible: visibility }),
    })),
    revenueBasis: basis,
    currency,
    quality: qualityOf(
      lines.map(({ cell }) => cell),
      await withoutStage(reader, tenantId, scope, asOf),
    ),
    suppressed: !(visible.actual && lines.every(({ visibility }) => visibility.actual)),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
