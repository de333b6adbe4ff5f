import { exponentOf } from '@headroom/money';
import { CsvError, parse } from 'csv-parse/sync';

/** A month as a line of a file states it; amounts in minor units of the agency's currency. */
export interface ReadMonth {
  readonly line: number;
  readonly month: string;
  readonly figures: { readonly [name in Figure]?: number };
}

export interface LineError {
  readonly line: number;
  readonly code:
    | 'malformed-csv'
    | 'month-unreadable'
    | 'month-twice'
    | 'count-unreadable'
    | 'amount-unreadable'
    | 'nothing-stated';
  readonly column: string | null;
  readonly message: string;
  readonly value: string | null;
}

const counted = ['visitors', 'inquiries', 'calls', 'forms', 'sales'] as const;
const amounts = ['turnover', 'advertisingSpend'] as const;
type Figure = (typeof counted)[number] | (typeof amounts)[number];

/** The columns of a file, in the order in which we write them. */
export const columns = ['month', ...counted, ...amounts] as const;
type Column = (typeof columns)[number];

const otherNames: Readonly<Record<string, Column>> = {
  advertising: 'advertisingSpend',
  месяц: 'month',
  посетители: 'visitors',
  обращения: 'inquiries',
  звонки: 'calls',
  формы: 'forms',
  продажи: 'sales',
  оборот: 'turnover',
  реклама: 'advertisingSpend',
};

const columnOf = (header: string): Column | undefined => {
  const plain = header
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  return columns.find((column) => column.toLowerCase() === plain) ?? otherNames[plain];
};

export interface CsvForm {
  readonly currency: string;
  readonly decimalSeparator: '.' | ',';
}

const MAX_COUNT = 1_000_000_000;
const MAX_MINOR = 1_000_000_000_000_000;

/** An amount in major units as minor units; undefined when it is none, or finer than the currency. */
const minorUnits = (text: string, { currency, decimalSeparator }: CsvForm): number | undefined => {
  const match = (decimalSeparator === '.' ? /^(\d+)(?:\.(\d+))?$/ : /^(\d+)(?:,(\d+))?$/).exec(text);
  const exponent = exponentOf(currency);
  const fraction = match?.[2] ?? '';
  if (match === null || fraction.length > exponent) return undefined;
  const minor = Number(`${match[1]}${fraction.padEnd(exponent, '0')}`);
  return minor <= MAX_MINOR ? minor : undefined;
};

const countOf = (text: string): number | undefined =>
  /^\d{1,10}$/.test(text) && Number(text) <= MAX_COUNT ? Number(text) : undefined;

const isAmount = (column: Figure): column is (typeof amounts)[number] =>
  (amounts as readonly string[]).includes(column);

const readLine = (
  names: readonly Column[],
  cells: readonly string[],
  line: number,
  form: CsvForm,
): ReadMonth | LineError => {
  let month = '';
  const figures: { [name in Figure]?: number } = {};
  for (const [index, column] of names.entries()) {
    const text = (cells[index] ?? '').trim();
    if (column === 'month') {
      month = text;
      continue;
    }
    if (text === '') continue;
    const value = isAmount(column) ? minorUnits(text, form) : countOf(text);
    if (value === undefined) {
      return isAmount(column)
        ? { line, code: 'amount-unreadable', column, message: `an amount in ${form.currency} is expected`, value: text }
        : { line, code: 'count-unreadable', column, message: 'a whole number is expected', value: text };
    }
    figures[column] = value;
  }
  if (!/^(199\d|20\d\d|2100)-(0[1-9]|1[0-2])$/.test(month)) {
    return { line, code: 'month-unreadable', column: 'month', message: 'a month is written 2026-03', value: month };
  }
  if (Object.keys(figures).length === 0) {
    return { line, code: 'nothing-stated', column: null, message: 'the line states no figure', value: null };
  }
  return { line, month, figures };
};

const delimiterOf = (text: string): string => {
  const header = text.slice(0, text.search(/\r|\n|$/));
  return ['\t', ';', ','].find((delimiter) => header.includes(delimiter)) ?? ',';
};

interface CsvRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

const recordsOf = (text: string): readonly CsvRecord[] | LineError => {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as readonly CsvRecord[];
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const message = 'this is not a CSV record; is a quote left open?';
    return { line: Math.max(1, Number(fault.lines ?? 1)), code: 'malformed-csv', column: null, message, value: null };
  }
};

const isError = (read: ReadMonth | LineError): read is LineError => 'code' in read;

export interface ReadMetrics {
  readonly months: readonly ReadMonth[];
  readonly errors: readonly LineError[];
}

/** The months of a CSV file; `columns-unknown` when its first line does not name them. */
export const readMetricsCsv = (text: string, form: CsvForm): ReadMetrics | 'columns-unknown' => {
  const records = recordsOf(text);
  if ('code' in records) return { months: [], errors: [records] };
  const [header, ...rows] = records;
  const names = (header?.record ?? []).map(columnOf);
  const known = names.filter((column) => column !== undefined);
  const distinct = new Set(known).size === names.length;
  if (!distinct || known.length < 2 || !known.includes('month')) return 'columns-unknown';
  const seen = new Set<string>();
  const read = rows.map(({ info, record }): ReadMonth | LineError => {
    const found = readLine(known, record, info.lines, form);
    if (isError(found)) return found;
    if (seen.has(found.month)) {
      const message = 'an earlier line states this month';
      return { line: info.lines, code: 'month-twice', column: 'month', message, value: found.month };
    }
    seen.add(found.month);
    return found;
  });
  return { months: read.filter((each): each is ReadMonth => !isError(each)), errors: read.filter(isError) };
};
