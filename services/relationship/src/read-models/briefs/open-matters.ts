import type { ResponseOf } from '@headroom/contracts/rest';
import type { getHandoverBrief } from '@headroom/contracts/rest/relationship';
import type { RowReader } from '@headroom/projecting';
import { type DisputeRow, disputeTable } from '../disputes/tables.ts';
import { type ExtraPaymentRow, extraPaymentTable } from '../extra-payments/tables.ts';
import { classificationOn } from '../requests/stage-requests.ts';
import { type RequestRow, requestTable } from '../requests/tables.ts';
import { requestTimeTable } from '../requests/timeline-tables.ts';
import { inOrder } from './in-order.ts';

type Brief = ResponseOf<typeof getHandoverBrief>;

interface OfProject {
  readonly tenantId: string;
  readonly clientId: string;
  readonly projectId: string;
}

const openDisputeOn = (disputes: readonly DisputeRow[], requestId: string, asOf: string): boolean =>
  disputes.some((each) => each.requestId === requestId && (each.ruledOn === null || each.ruledOn > asOf));

const requestShown = (
  row: RequestRow,
  { disputed, loggedSeconds, asOf }: { disputed: boolean; loggedSeconds: number; asOf: string },
): Brief['requests'][number] => {
  const held = classificationOn(row, asOf);
  const { requestId, askedBy, askedOn, channel, words } = row;
  return {
    requestId,
    stageId: held?.stageId ?? row.stageId,
    askedBy,
    askedOn,
    channel,
    words,
    scope: held?.scope ?? null,
    contractClause: held?.contractClause ?? null,
    behaviour: row.behaviours.findLast(({ decidedOn }) => decidedOn <= asOf)?.behaviour ?? null,
    disputed,
    loggedSeconds,
  };
};

const stateOn = ({ answer, answeredOn, withdrawnOn }: ExtraPaymentRow, asOf: string) => {
  if (withdrawnOn !== null && withdrawnOn <= asOf) return 'withdrawn';
  return answer !== null && answeredOn !== null && answeredOn <= asOf ? answer : 'proposed';
};

const agreementOf = (row: ExtraPaymentRow, asOf: string): Brief['agreements'][number] => {
  const { extraPaymentId, stageId, requestId, currency, proposedOn } = row;
  const state = stateOn(row, asOf);
  const minor = state === 'agreed' ? (row.agreedMinor ?? row.proposedMinor) : row.proposedMinor;
  const answeredOn = state === 'withdrawn' ? row.withdrawnOn : state === 'proposed' ? null : row.answeredOn;
  return { extraPaymentId, stageId, requestId, state, amount: { minor, currency }, proposedOn, answeredOn };
};

const disputeOf = (row: DisputeRow, asOf: string): Brief['disputes'][number] => {
  const { disputeId, requestId, side, raisedBy, words, disputedOn, arbiterId } = row;
  const ruled = row.ruledOn !== null && row.ruledOn <= asOf;
  return {
    disputeId,
    requestId,
    side,
    raisedBy,
    words,
    disputedOn,
    arbiterId,
    ruledOn: ruled ? row.ruledOn : null,
    inFavourOf: ruled ? row.inFavourOf : null,
    ruling: ruled ? row.ruling : null,
  };
};

const clausesOf = (rows: readonly RequestRow[], asOf: string): Brief['scope'] =>
  rows
    .flatMap((row) => {
      const held = classificationOn(row, asOf);
      if (held === undefined) return [];
      const { scope, contractClause, rationale, classifiedOn } = held;
      return [{ requestId: row.requestId, words: row.words, scope, contractClause, rationale, classifiedOn }];
    })
    .sort(
      inOrder(
        'newest-first',
        ({ classifiedOn }) => classifiedOn,
        ({ requestId }) => requestId,
      ),
    );

const peopleOf = (rows: readonly RequestRow[], disputes: readonly DisputeRow[]): Brief['clientPeople'] => {
  const met = [
    ...rows.map(({ askedBy, askedOn }) => ({ name: askedBy, on: askedOn })),
    ...disputes
      .filter(({ side }) => side === 'client')
      .map(({ raisedBy, disputedOn }) => ({ name: raisedBy, on: disputedOn })),
  ];
  return [...Map.groupBy(met, ({ name }) => name)]
    .map(([name, all]) => ({
      name,
      times: all.length,
      lastOn: all
        .map(({ on }) => on)
        .sort()
        .at(-1) as string,
    }))
    .sort((one, other) => other.times - one.times || (one.name < other.name ? -1 : 1));
};

const MOST = 50;

/** What is open, agreed and disputed in a project as of a day. */
export const openMatters = async (
  reader: RowReader,
  { tenantId, clientId, projectId }: OfProject,
  asOf: string,
): Promise<Pick<Brief, 'requests' | 'agreements' | 'scope' | 'disputes' | 'clientPeople'>> => {
  const ofProject = <Row extends { readonly projectId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.projectId === projectId);
  const asked = (await reader.where(requestTable, 'byProject', [tenantId, projectId])).filter(
    ({ askedOn }) => askedOn <= asOf,
  );
  const payments = ofProject(await reader.where(extraPaymentTable, 'byClient', [tenantId, clientId]));
  const disputes = ofProject(await reader.where(disputeTable, 'byClient', [tenantId, clientId])).filter(
    ({ disputedOn }) => disputedOn <= asOf,
  );
  const open = asked.filter(({ completedOn }) => completedOn === null || completedOn > asOf);
  const requests = await Promise.all(
    open.map(async (row) => {
      const time = await reader.get(requestTimeTable, tenantId, row.requestId);
      const disputed = openDisputeOn(disputes, row.requestId, asOf);
      return requestShown(row, { disputed, loggedSeconds: time?.seconds ?? 0, asOf });
    }),
  );
  return {
    requests: requests.sort(
      inOrder(
        'oldest-first',
        ({ askedOn }) => askedOn,
        ({ requestId }) => requestId,
      ),
    ),
    agreements: payments
      .filter(({ proposedOn }) => proposedOn <= asOf)
      .map((row) => agreementOf(row, asOf))
      .sort(
        inOrder(
          'newest-first',
          ({ proposedOn }) => proposedOn,
          ({ extraPaymentId }) => extraPaymentId,
        ),
      ),
    scope: clausesOf(asked, asOf).slice(0, MOST),
    disputes: disputes
      .map((row) => disputeOf(row, asOf))
      .sort(
        inOrder(
          'newest-first',
          ({ disputedOn }) => disputedOn,
          ({ disputeId }) => disputeId,
        ),
      ),
    clientPeople: peopleOf(asked, disputes).slice(0, MOST),
  };
};
