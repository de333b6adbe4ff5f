import type { Recorded } from './recorded.ts';
import type { streams } from './stubs.ts';

type FilterOptions = InstanceType<typeof streams.ReadReq.Options.FilterOptions>;

/** The server's default for how many events it considers before it pauses. */
const DEFAULT_WINDOW = 32;

export interface Filter {
  readonly allows: (record: Recorded) => boolean;
  /** Events considered in one go. */
  readonly window: number;
  /** Events considered between two checkpoints. */
  readonly checkpointEvery: number;
}

/** The filter of a subscription: by event type or by stream, with an expression or with beginnings of names. */
export const filterOf = (options: FilterOptions): Filter => {
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex(), 'u') : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW;
  return {
    allows: (record) => {
      const name = byStream ? record.streamId : record.type;
      return regex ? regex.test(name) : prefixes.some((prefix) => name.startsWith(prefix));
    },
    window,
    checkpointEvery: window * options.getCheckpointintervalmultiplier(),
  };
};
