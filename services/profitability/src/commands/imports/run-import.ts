import type { Commands } from '@headroom/commanding';
import { decideFinishImport, decideStartImport } from '../../decisions/import.ts';
import { importStreamId } from '../../events/streams.ts';
import { importKind } from '../kinds.ts';
import { bringNewcomers } from './bring-newcomers.ts';
import type { ImportCounts, ImportDeps, ImportRequest, ImportWork } from './import-request.ts';
import { logRows, NOTHING_YET } from './log-rows.ts';
import { type Ground, groundOf, plannedRows, type Survey, surveyFile } from './survey.ts';

/** Rows that are held, decided and appended together: so many that those of a person and month go out as one append. */
const RUN = 4_000;

export type Imported =
  | { readonly kind: 'agency-not-configured' | 'manager-not-found' | 'key-reused' | 'in-flight' }
  /** The file cannot be used; nothing was imported. */
  | { readonly kind: 'file-refused'; readonly survey: Survey }
  /** Names have to be mapped before anything is imported. */
  | { readonly kind: 'names-to-map'; readonly survey: Survey }
  | { readonly kind: 'dry-run'; readonly survey: Survey }
  | { readonly kind: 'completed' | 'cancelled'; readonly survey: Survey; readonly counts: ImportCounts };

const begin = (commands: Commands, request: ImportRequest, format: string) => {
  const { importId, fileDigest, options } = request;
  const { expectedRevision: _, ...context } = request.context;
  return commands.execute({
    kind: importKind,
    streamId: importStreamId(context.tenantId, importId),
    context,
    decide: () => decideStartImport({ importId, format, fileName: options.fileName ?? null, fileDigest }),
  });
};

const finish = (
  commands: Commands,
  { context, importId }: ImportRequest,
  { summary }: Survey,
  counts: ImportCounts,
  outcome: 'completed' | 'cancelled',
) => {
  const { expectedRevision: _, ...rest } = context;
  const { created, alreadyImported, createdSeconds: seconds } = counts;
  const refused = summary.refused + counts.refused;
  return commands.execute({
    kind: importKind,
    streamId: importStreamId(rest.tenantId, importId),
    context: { ...rest, commandKey: `${importId}:finished`, fingerprint: importId },
    decide: (state) =>
      decideFinishImport(
        { importId, outcome, created, alreadyImported, refused, skipped: summary.skipped, seconds },
        state,
      ),
  });
};

const mustBeMapped = ({ unknown }: ImportRequest['options'], { summary: { unmapped } }: Survey): boolean =>
  (['people', 'clients', 'projects', 'stages'] as const).some(
    (kind) => unknown[kind] === 'map' && unmapped[kind].length > 0,
  );

const managerIsKnown = (
  { options: { newProjectsManagerId } }: ImportRequest,
  { newcomers: { projects, people } }: Survey,
  { directory: { specialists } }: Ground,
): boolean => projects.length === 0 || [...specialists, ...people].some(({ id }) => id === newProjectsManagerId);

/** Logs run after run; the next one is read while the one before is written. */
const logAll = async (
  deps: ImportDeps,
  request: ImportRequest,
  work: ImportWork,
  ground: Ground,
  total: number,
): Promise<ImportCounts> => {
  let counts = work.checkpoint ?? NOTHING_YET;
  await work.report({ phase: 'logging', done: counts.rows, total });
  let writing = Promise.resolve(counts);
  for await (const rows of plannedRows(ground, request, work, { skip: counts.rows, size: RUN })) {
    counts = await writing;
    await work.report({ phase: 'logging', done: counts.rows, checkpoint: counts });
    if (work.cancelled()) return counts;
    writing = logRows(deps, request, rows, ground, counts);
    // It is awaited above or below; until then its fault is nobody's.
    writing.catch(() => undefined);
  }
  counts = await writing;
  await work.report({ phase: 'logging', done: counts.rows, checkpoint: counts });
  return counts;
};

/**
 * Imports a tracker's file: reads it once to see what it holds and whom it needs, creates those, and logs what can be
 * logged. Begun anew after a crash it finds what it did before: newcomers by their ids, rows by their fingerprints.
 * Throws `NewcomerRefused`, and what `report` throws when the work is to end here.
 */
export const runImport = async (deps: ImportDeps, request: ImportRequest, work: ImportWork): Promise<Imported> => {
  const { options, context } = request;
  const ground = await groundOf(deps, context.tenantId, work.patienceMs);
  if (ground === undefined) return { kind: 'agency-not-configured' };
  const survey = await surveyFile(ground, request, work);
  if (survey.refusal !== undefined) return { kind: 'file-refused', survey };
  if (!managerIsKnown(request, survey, ground)) return { kind: 'manager-not-found' };
  if (options.dryRun) return { kind: 'dry-run', survey };
  if (mustBeMapped(options, survey)) return { kind: 'names-to-map', survey };
  const begun = await begin(deps.commands, request, survey.format ?? '');
  if (begun.kind === 'key-reused' || begun.kind === 'in-flight') return { kind: begun.kind };
  if (begun.kind !== 'accepted') throw new Error(`the import could not begin: ${begun.kind}`);
  await work.report({ phase: 'creating' });
  await bringNewcomers(deps, request, survey.newcomers);
  const counts = await logAll(deps, request, work, ground, survey.summary.planned);
  const kind = work.cancelled() && counts.rows < survey.summary.planned ? 'cancelled' : 'completed';
  const finished = await finish(deps.commands, request, survey, counts, kind);
  if (finished.kind !== 'accepted') throw new Error(`the import could not be finished: ${finished.kind}`);
  return { kind, survey, counts: { ...counts, position: Math.max(counts.position, finished.position) } };
};
