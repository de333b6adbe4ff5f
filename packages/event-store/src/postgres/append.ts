import type pg from 'pg';
import type {
  Appended,
  AppendOutcome,
  AtomicallyAppended,
  Conflict,
  KeyClaim,
  KeysTaken,
  StreamAppend,
} from '../port.ts';
import type { Verdict } from './append-statement.ts';
import { firstOutcome } from './first-outcome.ts';
import { type SerialisedAppend, serialiseAppend } from './serialised-append.ts';
import type { Writer } from './writer.ts';

const appended = ({ events }: SerialisedAppend, { revision, position }: Verdict): Appended => ({
  kind: 'appended',
  revision: revision + events.length,
  position,
  repeated: false,
});

const conflict = ({ streamId }: SerialisedAppend, { revision }: Verdict): Conflict => ({
  kind: 'conflict',
  streamId,
  actualRevision: revision,
});

/** The outcomes of the port, over a writer that only knows taken or not. */
export const createAppends = (writer: Writer, pool: pg.Pool) => {
  const appendClaiming = async (
    wish: StreamAppend,
    claims: readonly KeyClaim[],
  ): Promise<AppendOutcome | KeysTaken> => {
    const serialised = serialiseAppend(wish);
    const verdicts = await writer.append([serialised], claims);
    if ('kind' in verdicts) return verdicts;
    const [verdict] = verdicts as [Verdict];
    if (verdict.taken) return appended(serialised, verdict);
    return (await firstOutcome(pool, serialised)) ?? conflict(serialised, verdict);
  };

  // Without claims there is none to be taken.
  const append = (wish: StreamAppend) => appendClaiming(wish, []) as Promise<AppendOutcome>;

  const appendAtomically = async (wishes: readonly StreamAppend[]): Promise<AtomicallyAppended | Conflict> => {
    const bundle = wishes.map(serialiseAppend);
    if (new Set(bundle.map(({ streamId }) => streamId)).size < bundle.length) {
      throw new RangeError('an atomic append names a stream twice');
    }
    if (bundle.length === 0) return { kind: 'appended', streams: [] };
    const verdicts = (await writer.append(bundle, [])) as readonly Verdict[];
    const pairs = bundle.map((one, n) => [one, verdicts[n] as Verdict] as const);
    if (verdicts.every(({ taken }) => taken)) {
      return { kind: 'appended', streams: pairs.map(([one, verdict]) => appended(one, verdict)) };
    }
    const before = await Promise.all(bundle.map((one) => firstOutcome(pool, one)));
    const repeated = before.filter((outcome) => outcome !== undefined);
    if (repeated.length === bundle.length) return { kind: 'appended', streams: repeated };
    const culprit = pairs.find(([one, verdict], n) => !before[n] && one.expected !== verdict.revision) ?? pairs[0];
    return conflict(...(culprit as [SerialisedAppend, Verdict]));
  };

  return { append, appendClaiming, appendAtomically };
};
