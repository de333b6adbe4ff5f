import type { CommandContext, Commands } from '@headroom/commanding';
import type { Destination } from '../decisions/destination.ts';
import type { Timesheet } from '../decisions/timesheet.ts';
import { specialistStreamId } from '../events/streams.ts';
import { specialistKind, timesheetKind } from './kinds.ts';
import { destinationOf, hoursWish, type LogHoursCommand, type LogHoursWish } from './log-hours.ts';
import { booksOf, neighbourSheets } from './time-rules.ts';

/** One of many entries, under a key of its own. */
export interface HoursToLog {
  readonly context: CommandContext;
  readonly command: LogHoursCommand;
}

/** Looks each of the keys up once, all at a time. */
const lookUp = async <Found>(
  keys: Iterable<string>,
  look: (key: string) => Promise<Found>,
): Promise<(key: string) => Found> => {
  const found = new Map<string, Found>();
  await Promise.all([...new Set(keys)].map(async (key) => found.set(key, await look(key))));
  return (key) => found.get(key) as Found;
};

type Place = Pick<LogHoursCommand, 'stageId' | 'projectId' | 'requestId'>;

const placeKey = ({ stageId, projectId, requestId }: Place): string => JSON.stringify([stageId, projectId, requestId]);

const destinationsOf = async (commands: Commands, tenantId: string, items: readonly HoursToLog[]) => {
  const places = new Map(items.map(({ command }) => [placeKey(command), command]));
  const at = await lookUp(places.keys(), (key) => destinationOf(commands, tenantId, places.get(key) as Place));
  return ({ command }: HoursToLog): Destination => at(placeKey(command));
};

/**
 * The wishes to log many entries: the streams that they depend on are looked up once for all of them, since many entries
 * name the same few people and stages.
 */
export const hoursWishes = async (
  commands: Commands,
  context: CommandContext,
  items: readonly HoursToLog[],
): Promise<LogHoursWish[]> => {
  const { tenantId } = context;
  const books = await booksOf(commands, context);
  const sheetsBeside = ({ command }: HoursToLog): string[] =>
    books.overlap === 'refuse' ? neighbourSheets(tenantId, command) : [];
  const [specialistOf, destinationFor, sheetOf] = await Promise.all([
    lookUp(
      items.map(({ command }) => command.specialistId),
      async (id) => (await commands.state(specialistKind, specialistStreamId(tenantId, id))).state,
    ),
    destinationsOf(commands, tenantId, items),
    lookUp<Timesheet>(items.flatMap(sheetsBeside), async (id) => (await commands.state(timesheetKind, id)).state),
  ]);
  return items.map((item) =>
    hoursWish(item.context, item.command, {
      specialist: specialistOf(item.command.specialistId),
      destination: destinationFor(item),
      rules: { ...books, neighbours: sheetsBeside(item).map(sheetOf) },
    }),
  );
};
