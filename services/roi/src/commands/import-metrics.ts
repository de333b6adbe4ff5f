import type { CommandContext, Commands } from '@headroom/commanding';
import { readMetricsCsv } from '../imports/metrics-csv.ts';
import { recordMetricsInBulk } from './record-metrics-in-bulk.ts';
import { agencyOf } from './surroundings.ts';

export interface ImportMetrics {
  readonly projectId: string;
  readonly text: string;
  readonly mode: 'atomic' | 'best-effort';
  readonly dryRun: boolean;
  readonly decimalSeparator: '.' | ',';
}

const MOST_MONTHS = 500;

/** Records the months of a CSV file; one line that cannot be read keeps an `atomic` import from recording any. */
export const importMetrics = async (commands: Commands, context: CommandContext, wish: ImportMetrics) => {
  const { projectId, text, mode, decimalSeparator } = wish;
  const currency = (await agencyOf(commands, context.tenantId))?.currency;
  if (currency === undefined) return 'agency-not-configured' as const;
  const read = readMetricsCsv(text, { currency, decimalSeparator });
  if (read === 'columns-unknown') return read;
  if (read.months.length > MOST_MONTHS) return 'too-many-months' as const;
  const money = (minor: number | undefined) => (minor === undefined ? undefined : { minor, currency });
  const items = read.months.map(({ month, figures }) => ({
    month,
    ...figures,
    turnover: money(figures.turnover),
    advertisingSpend: money(figures.advertisingSpend),
  }));
  const spoilt = mode === 'atomic' && read.errors.length > 0;
  const dryRun = wish.dryRun || spoilt;
  return { read, spoilt, done: await recordMetricsInBulk(commands, context, { projectId, items, mode, dryRun }) };
};
