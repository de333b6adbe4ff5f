import type { Commands } from '@headroom/commanding';
import type { BodyOf, RefusalOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/profitability';
import { NotSupported } from '@headroom/event-store';
import { type Bound, bindCommand, eventOf } from '@headroom/http';
import { logHoursInBulk } from '../commands/log-hours-in-bulk.ts';
import { mayWriteFor } from './own-time.ts';

type Outcomes = Awaited<ReturnType<typeof logHoursInBulk>>;
type LogRefusal = RefusalOf<typeof contract.logHours>;

const meaning = (code: string): string | null => contract.logHours.refusals[code as LogRefusal] ?? null;

const bulkItem = (outcome: Outcomes[number], index: number) => {
  if (outcome.kind === 'accepted') {
    const { entryId } = eventOf(outcome.events, 'HoursLogged');
    return {
      index,
      outcome: outcome.replayed ? ('replayed' as const) : ('accepted' as const),
      entryId,
      code: null,
      detail: null,
    };
  }
  const code = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const verdict = code === 'not-carried-out' ? ('not-carried-out' as const) : ('refused' as const);
  return { index, outcome: verdict, entryId: null, code, detail: meaning(code) };
};

const answerOf = ({ mode, dryRun }: BodyOf<typeof contract.logHoursInBulk>, outcomes: Outcomes) => {
  const results = outcomes.map(bulkItem);
  const accepted = outcomes.filter((outcome) => outcome.kind === 'accepted');
  const last = dryRun ? 0 : accepted.reduce((position, each) => Math.max(position, each.position), 0);
  return {
    kind: 'accepted' as const,
    body: {
      mode,
      dryRun,
      accepted: accepted.length,
      refused: results.length - accepted.length,
      results,
      position: last === 0 ? null : last,
    },
    ...(last === 0 ? {} : { position: last }),
    replayed: accepted.length > 0 && accepted.every(({ replayed }) => replayed),
  };
};

/** Many entries in one call. A repeated call finds each item carried out, since each has a key made of the call's. */
export const bulkCommand = (commands: Commands): Bound =>
  bindCommand(contract.logHoursInBulk, async ({ context, body, caller }) => {
    const foreign = body.items.findIndex(({ specialistId }) => !mayWriteFor(caller, specialistId));
    if (foreign >= 0) {
      const pointer = `/items/${foreign}/specialistId`;
      return { kind: 'invalid', errors: [{ pointer, message: contract.logHours.refusals['not-own-time'] }] };
    }
    try {
      const outcomes = await logHoursInBulk(commands, context, body.items, body);
      if (outcomes.some(({ kind }) => kind === 'key-reused')) return { kind: 'key-reused' };
      if (outcomes.some(({ kind }) => kind === 'in-flight')) return { kind: 'in-flight' };
      return answerOf(body, outcomes);
    } catch (error) {
      if (error instanceof NotSupported) return { kind: 'refused', code: 'atomic-needs-one-timesheet' };
      throw error;
    }
  });
