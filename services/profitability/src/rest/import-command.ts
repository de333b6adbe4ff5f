import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand } from '@headroom/http';
import { importTimeEntries } from '../commands/import-time-entries.ts';
import type { Deps } from './stage-commands.ts';

const SHOWN_ERRORS = 1_000;

type Imported = Exclude<Awaited<ReturnType<typeof importTimeEntries>>, string>;

const answerOf = ({ importId, plan, created, alreadyImported, position, problems }: Imported, dryRun: boolean) => {
  const { planned, refused, skipped, seconds, unmapped } = plan.summary;
  const errors = [...plan.errors, ...problems].sort((one, other) => one.line - other.line).slice(0, SHOWN_ERRORS);
  const names = (list: typeof unmapped.people) => list.map((each) => ({ ...each, candidates: [...each.candidates] }));
  return {
    kind: 'accepted' as const,
    body: {
      importId,
      dryRun,
      created: dryRun ? planned : created,
      alreadyImported,
      refused: refused + problems.length,
      skipped,
      seconds,
      errors: errors.map(({ line, error: { code, column, message, value } }) => ({
        line,
        code,
        column,
        message,
        value,
      })),
      unmapped: {
        people: names(unmapped.people),
        clients: names(unmapped.clients),
        projects: names(unmapped.projects),
        stages: names(unmapped.stages),
      },
      position: position === 0 ? null : position,
    },
    ...(position === 0 ? {} : { position }),
    replayed: false,
  };
};

const truth = (text: 'true' | 'false' | undefined) => (text === undefined ? {} : { billable: text === 'true' });

/** The import of a tracker's file, tied to its contract; a file that cannot be used at all is an invalid body. */
export const importCommand = (deps: Deps): Bound =>
  bindCommand(contract.importTimeEntries, async ({ context, query, body }) => {
    const { dryRun, billable, format, decimalSeparator, dateOrder, ...rest } = query;
    const imported = await importTimeEntries(deps, context, {
      ...rest,
      ...truth(billable),
      ...(format === undefined ? {} : { format }),
      ...(decimalSeparator === undefined ? {} : { decimalSeparator }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
      dryRun: dryRun === 'true',
      content: body,
    });
    if (imported === 'agency-not-configured') return { kind: 'refused', code: imported };
    const { summary, errors } = imported.plan;
    if (summary.fileRefused) {
      const told = errors.slice(-1).map(({ line, error }) => `line ${line}: ${error.code}: ${error.message}`);
      return { kind: 'invalid', errors: told.map((message) => ({ pointer: '', message })) };
    }
    return answerOf(imported, dryRun === 'true');
  });
