import type pg from 'pg';
import { confirmChanges } from '../fold/changes.ts';
import { asSteppedDown, isOwnFault } from './faults.ts';
import type { Lease } from './lease.ts';
import type { Folded, Member } from './member.ts';

/** Tells API processes how far the read models are: `<position> <projection> <projection> ...`. */
export const PROJECTED_CHANNEL = 'headroom_projected';

/** The rows of one projection cannot be written; nothing of the page was. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
  readonly member: Member;
  constructor(member: Member, cause: unknown) {
    super(`the rows of ${member.projection.name} cannot be written`, { cause });
    this.member = member;
  }
}

const ADVANCE = 'select projecting.advance($1, $2, $3, $4, $5)';
const TELL = `select pg_notify('${PROJECTED_CHANNEL}', $1)`;
/** In a transaction that has failed already. */
const FOLLOW_UP = '25P02';

interface Sent {
  readonly member: Member | undefined;
  readonly answer: Promise<unknown>;
}

const send = (client: pg.Client, lease: Lease, parts: readonly Folded[], reached: number): Sent[] => {
  const names = parts.map(({ member }) => member.projection.name);
  const expected = parts.map((part) => part.expected);
  const query = (member: Member | undefined, ...[config]: [string | pg.QueryConfig]): Sent => ({
    member,
    answer: client.query(config),
  });
  return [
    query(undefined, 'begin'),
    query(undefined, {
      name: 'advance',
      text: ADVANCE,
      values: [lease.name, lease.token, names, expected, reached],
    }),
    ...parts.flatMap(({ member, statements }) =>
      statements.map(({ name, text, values }) => query(member, { name, text, values: [...values] })),
    ),
    query(undefined, { name: 'tell', text: TELL, values: [`${reached} ${names.join(' ')}`] }),
    query(undefined, 'commit'),
  ];
};

/**
 * Writes the rows of a page and all checkpoints in one transaction. Throws `SteppedDown` when this process may not write
 * any more, `Unwritable` when the rows of one projection are at fault, else what the database or the network said.
 */
export const writePage = async (
  client: pg.Client,
  lease: Lease,
  parts: readonly Folded[],
  reached: number,
): Promise<void> => {
  const sent = send(client, lease, parts, reached);
  const outcomes = await Promise.allSettled(sent.map(({ answer }) => answer));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled' || outcome.reason?.code === FOLLOW_UP) continue;
    const error = asSteppedDown(outcome.reason);
    const member = sent[index]?.member;
    throw member && isOwnFault(error) ? new Unwritable(member, error) : error;
  }
  for (const { changes } of parts) confirmChanges(changes);
};
