import type { EventUnion, periodEvents, stageEvents, timesheetEvents } from '@headroom/contracts/events';
import { monthOf } from '@headroom/kernel';

type Told = EventUnion<(typeof stageEvents)[number] | (typeof periodEvents)[number] | (typeof timesheetEvents)[number]>;

/** Which hours came after their stage or their month was closed, as the log goes; it must be told every event in order. */
export class Lateness {
  readonly #closedStages = new Set<string>();
  readonly #closedMonths = new Set<string>();

  /** Whether an event logs hours that are late; what it closes or opens holds from the next event on. */
  next(event: { readonly type: string; readonly data: unknown }): boolean {
    const { type, data } = event as Told;
    switch (type) {
      case 'StageClosed':
        this.#closedStages.add(data.stageId);
        return false;
      case 'StageReopened':
        this.#closedStages.delete(data.stageId);
        return false;
      case 'PeriodClosed':
        this.#closedMonths.add(data.month);
        return false;
      case 'PeriodReopened':
        this.#closedMonths.delete(data.month);
        return false;
      case 'HoursLogged':
        return (
          (data.stageId !== null && this.#closedStages.has(data.stageId)) ||
          this.#closedMonths.has(monthOf(data.postedOn ?? data.workDate))
        );
      default:
        return false;
    }
  }
}
