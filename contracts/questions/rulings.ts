import type { Money } from '../events/index.ts';

/**
 * What a ruling has done to what another service owns; the host ties the two together, and `Context` is that of a
 * command, so that an adjustment is posted once however often it is asked for. Each gives the code of the refusal, or
 * nothing when it is done. A dry run only tells whether it would be.
 */
export interface RulingCommands<Context> {
  /** Gives up revenue of a stage. */
  writeOff(
    context: Context,
    writeOff: {
      readonly writeOffId: string;
      readonly stageId: string;
      readonly amount: Money;
      readonly writtenOffOn: string;
      readonly reason: string;
    },
    dryRun: boolean,
  ): Promise<string | undefined>;
  /** Makes a time entry of a project work done free of charge; in a closed month through an adjustment. */
  markGoodwill(
    context: Context,
    entry: { readonly entryId: string; readonly projectId: string; readonly reason: string },
    dryRun: boolean,
  ): Promise<string | undefined>;
}
