import { parse } from 'csv-parse/sync';
import { type FormatName, trackerFormats } from './formats/index.ts';
import type { ColumnRule, TrackerFormat } from './formats/tracker-format.ts';
import { type ImportProblem, problem } from './problem.ts';
import type { ColumnPlaces } from './row.ts';

/** What the header line of a file settles. */
export interface Header {
  readonly name: FormatName;
  readonly format: TrackerFormat;
  readonly delimiter: string;
  readonly places: ColumnPlaces;
  /** How many cells a record has. */
  readonly width: number;
}

const DELIMITERS = [',', ';', '\t'] as const;

const titleKey = (title: string): string => title.normalize('NFC').toLowerCase().replace(/\s+/g, '');

const cellsOf = (line: string, delimiter: string): string[] => {
  try {
    const [cells] = parse(line, { delimiter, relax_column_count: true }) as string[][];
    return cells ?? [];
  } catch {
    return [line];
  }
};

const rulesOf = (format: TrackerFormat): [string, ColumnRule][] => Object.entries(format.columns);

interface Fit {
  readonly name: FormatName;
  readonly format: TrackerFormat;
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly missing: readonly string[];
  readonly required: number;
}

const fitOf = (name: FormatName, cells: readonly string[]): Fit => {
  const format = trackerFormats[name];
  const keys = cells.map(titleKey);
  const places = new Map<string, number[]>();
  for (const [column, { titles }] of rulesOf(format)) {
    const wanted = new Set(titles.map(titleKey));
    const found = keys.flatMap((key, index) => (wanted.has(key) ? [index] : []));
    if (found.length > 0) places.set(column, found);
  }
  const required = rulesOf(format).filter(([, rule]) => rule.required);
  const missing = required.filter(([column]) => !places.has(column)).map(([column, rule]) => rule.titles[0] ?? column);
  return { name, format, places, missing, required: required.length };
};

const bestSplit = (line: string, names: readonly FormatName[]) => {
  const splits = DELIMITERS.map((delimiter) => {
    const cells = cellsOf(line, delimiter);
    return { delimiter, cells, fits: names.map((name) => fitOf(name, cells)) };
  });
  const matching = splits.find(({ fits }) => fits.some(({ missing }) => missing.length === 0));
  return matching ?? splits.reduce((best, split) => (split.cells.length > best.cells.length ? split : best));
};

const noFormat = (line: string, fits: readonly Fit[], forced: boolean): ImportProblem => {
  const nearest = fits.reduce((best, fit) => (fit.missing.length < best.missing.length ? fit : best));
  if (forced || nearest.missing.length * 2 <= nearest.required) {
    return problem(
      'missing-column',
      `a ${nearest.name} export has a column ${nearest.missing.join(', ')}`,
      nearest.missing[0],
    );
  }
  const known = fits.map(({ name }) => name).join(', ');
  return problem('unknown-format', `the header line is of none of these exports: ${known}`, null, line);
};

const placesOf = (fit: Fit, cells: readonly string[]): ColumnPlaces | ImportProblem => {
  const places = new Map<string, { index: number; title: string }>();
  for (const [column, [index = 0, twin]] of fit.places) {
    const title = (cells[index] ?? '').trim();
    if (twin !== undefined) return problem('duplicate-column', 'the file has this column twice', title);
    places.set(column, { index, title });
  }
  return places;
};

/**
 * Reads the header line: which tracker's export it is (unless the caller states it), the delimiter (comma, semicolon or
 * tab) and where each column is. Columns the format does not know are let be.
 */
export const readHeader = (
  line: string,
  options: { readonly format?: FormatName | undefined; readonly billable?: boolean | undefined },
): Header | ImportProblem => {
  const names = options.format === undefined ? (Object.keys(trackerFormats) as FormatName[]) : [options.format];
  const { delimiter, cells, fits } = bestSplit(line, names);
  const [fit, rival] = fits.filter(({ missing }) => missing.length === 0);
  if (fit === undefined) return noFormat(line, fits, options.format !== undefined);
  if (rival !== undefined) {
    return problem(
      'ambiguous-format',
      `this may be a ${fit.name} or a ${rival.name} export; state the format`,
      null,
      line,
    );
  }
  const unsaid = rulesOf(fit.format).find(
    ([column, { orOption }]) => orOption !== undefined && options[orOption] === undefined && !fit.places.has(column),
  );
  if (unsaid !== undefined) {
    return problem(
      'missing-column',
      `without this column, state the option "${unsaid[1].orOption}"`,
      unsaid[1].titles[0],
    );
  }
  const places = placesOf(fit, cells);
  return 'code' in places ? places : { name: fit.name, format: fit.format, delimiter, places, width: cells.length };
};
