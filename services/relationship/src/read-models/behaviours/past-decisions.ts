import type { ResponseOf } from '@headroom/contracts/rest';
import type { getBehaviourAdvice } from '@headroom/contracts/rest/relationship';
import type { RowReader } from '@headroom/projecting';
import { type DecidedBehaviour, type RequestRow, requestTable } from '../requests/tables.ts';
import { requestTimeTable } from '../requests/timeline-tables.ts';
import type { Forecasts } from './margins.ts';

type Past = ResponseOf<typeof getBehaviourAdvice>['past'][number];

/** The decision that holds on a day: of the latest date by then, the newest; undefined when there is none. */
export const decisionOn = ({ behaviours }: RequestRow, asOf: string): DecidedBehaviour | undefined =>
  behaviours
    .filter(({ decidedOn }) => decidedOn <= asOf)
    .reduce<DecidedBehaviour | undefined>(
      (held, next) => (held === undefined || next.decidedOn >= held.decidedOn ? next : held),
      undefined,
    );

/** The result of a request by a day; null while it is open. */
export const resultBy = ({ result, completedOn }: RequestRow, asOf: string): RequestRow['result'] =>
  completedOn !== null && completedOn <= asOf ? result : null;

/** Seconds that count for a request. */
export const secondsFor = async (reader: RowReader, { tenantId, requestId }: RequestRow): Promise<number> =>
  (await reader.get(requestTimeTable, tenantId, requestId))?.seconds ?? 0;

const MOST_TOLD = 20;

/** What was decided on other requests of a client by a day, and what came of it; the newest first. */
export const pastDecisions = async (
  reader: RowReader,
  forecasts: Forecasts,
  request: RequestRow,
  { asOf, hidesMargins }: { readonly asOf: string; readonly hidesMargins: boolean },
): Promise<Past[]> => {
  const rows = await reader.where(requestTable, 'byClient', [request.tenantId, request.clientId]);
  const decided = rows.flatMap((row) => {
    const decision = row.requestId === request.requestId ? undefined : decisionOn(row, asOf);
    return decision === undefined ? [] : [{ row, decision }];
  });
  const newest = decided
    .sort((one, other) => (one.decision.decidedOn > other.decision.decidedOn ? -1 : 1))
    .slice(0, MOST_TOLD);
  const marginOf = async (row: RequestRow, day: string): Promise<string | null> => {
    if (row.heldStageId === null || hidesMargins) return null;
    return (await forecasts.on(row.heldStageId, day))?.forecastMargin ?? null;
  };
  return Promise.all(
    newest.map(async ({ row, decision: { behaviour, advised, decidedOn } }) => ({
      requestId: row.requestId,
      behaviour,
      advised,
      decidedOn,
      result: resultBy(row, asOf),
      seconds: await secondsFor(reader, row),
      marginThen: await marginOf(row, decidedOn),
      marginAfter: await marginOf(row, asOf),
    })),
  );
};
