import type { CommandContext, Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { Unavailable } from '@headroom/event-store';
import { localDate } from '@headroom/kernel';
import type { ReadModels, RowReader } from '@headroom/projecting';
import { decideFreeze, type FreezeReview } from '../../decisions/reviews/freeze.ts';
import { reviewStreamId } from '../../events/streams.ts';
import { closedStages } from '../../read-models/reviews/closed-stages.ts';
import { configured } from '../../read-models/stage-view.ts';
import { reviewKind } from '../kinds.ts';

const WAIT_MS = 2_000;
const projections = [projectionNames.profitability];

const reviewOf = async (
  reader: RowReader,
  { tenantId, now }: CommandContext,
  month: string,
): Promise<FreezeReview | undefined> => {
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return undefined;
  const { currency, timeZone, kpiTolerance } = agency.settings;
  const today = localDate(now, timeZone);
  return {
    month,
    today,
    currency,
    kpiTolerance,
    stages: await closedStages(reader, agency, month, today),
    figuresAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};

/** Freezes the figures that all that was recorded until now gives; undefined before the agency is configured. */
export const freezeMonthlyReview = async (
  { commands, readModels }: { readonly commands: Commands; readonly readModels: ReadModels },
  context: CommandContext,
  { month, reason }: { readonly month: string; readonly reason?: string | undefined },
) => {
  if (!(await readModels.caughtUp(projections, await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  const review = await readModels.live(projections, (reader) => reviewOf(reader, context, month));
  if (review === undefined) return undefined;
  return commands.execute({
    kind: reviewKind,
    streamId: reviewStreamId(context.tenantId, month),
    context,
    ...(reason === undefined ? {} : { reason }),
    decide: (state) => decideFreeze(review, state),
  });
};
