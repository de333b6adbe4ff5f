import type { RowReader } from '@headroom/projecting';
import { type TimelineRow, timelineTable } from '../requests/timeline-tables.ts';

/** Steps in which somebody of the agency decided something that a dispute may be about. */
const DECISIONS: readonly TimelineRow['event'][] = [
  'classified',
  'behaviour-decided',
  'completed',
  'extra-payment-proposed',
  'extra-payment-agreed',
  'extra-payment-declined',
  'extra-payment-withdrawn',
];

const MOST_STEPS = 1_000;

/** Who decided anything about a request, as actors of the log. */
export const decidersOf = async (reader: RowReader, tenantId: string, requestId: string): Promise<string[]> => {
  const steps = await reader.list(timelineTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'requestId', equals: requestId },
      { column: 'event', in: DECISIONS },
    ],
    orderBy: [{ column: 'at' }],
    limit: MOST_STEPS,
  });
  return steps.map(({ actor }) => actor);
};
