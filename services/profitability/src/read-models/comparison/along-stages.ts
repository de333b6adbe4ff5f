import type { PartEvent, RowReader } from '@headroom/projecting';
import { type Cause, causeOf } from '../../formulas/comparison/causes.ts';
import { Lateness } from '../../formulas/comparison/lateness.ts';
import type { Telescope } from '../../formulas/comparison/telescope.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { stagesNamed } from './along-log.ts';

/** Events of one cause at one stage, with none of another cause between them. */
interface Run {
  readonly cause: Cause;
  readonly positions: number[];
}

export interface Walked<Brought> {
  /** Where the walk begins and ends in the log. */
  readonly from: number;
  readonly to: number;
  readonly stageIds: readonly string[];
  /** Each event for itself. */
  readonly singly: boolean;
  /** What a stage brings by the rows of a moment; undefined: nothing. */
  readonly brought: (reader: RowReader, stageId: string) => Promise<Brought | undefined>;
}

/**
 * Moves a figure of many stages along the log. A stage is looked at only where what happens to it changes its cause: in
 * between nothing that concerns it has happened, so later rows tell the same of it.
 */
export const alongStages = async <Brought>(
  { log }: OpenPart,
  telescope: Telescope<Brought>,
  { from, to, stageIds, singly, brought }: Walked<Brought>,
): Promise<void> => {
  const known = new Set(stageIds);
  const runs = new Map<string, Run>();
  const lateness = new Lateness();

  const finish = async (stageId: string, reader: RowReader): Promise<void> => {
    const run = runs.get(stageId);
    runs.delete(stageId);
    if (run !== undefined) telescope.put(stageId, await brought(reader, stageId), { ...run, on: null });
  };

  const goesOn = (stageId: string, cause: Cause): boolean => {
    const run = runs.get(stageId);
    return run === undefined || (run.cause === cause && !singly);
  };

  const take = async (event: PartEvent, cause: Cause): Promise<void> => {
    const touched = (stagesNamed(event) ?? stageIds).filter((stageId) => known.has(stageId));
    for (const stageId of new Set(touched)) {
      if (!goesOn(stageId, cause)) await finish(stageId, log.at(event.position - 1));
      const run = runs.get(stageId) ?? { cause, positions: [] };
      run.positions.push(event.position);
      runs.set(stageId, run);
    }
  };

  for (const event of log.events) {
    if (event.position > to) break;
    const late = lateness.next(event);
    if (event.position > from) await take(event, causeOf(event.type, late));
  }
  const reader = log.at(to);
  for (const stageId of [...runs.keys()]) await finish(stageId, reader);
};
