import type { Readable } from 'node:stream';
import { Parser, type Result, type TapError } from 'tap-parser';
import type { Failure } from './file-result.ts';

export interface TapReading {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** Lines between the results that are no results. */
  readonly chatter: string;
}

const place = (diag: Record<string, unknown>): string => {
  const at = diag.at as { fileName?: string; lineNumber?: number } | undefined;
  return at?.fileName ? `at ${at.fileName}:${at.lineNumber}` : '';
};

/** The difference where there is one, else the whole diagnosis; then the place. */
const describe = (diag: Record<string, unknown> | null): string => {
  if (!diag) return '';
  const { at: _at, source: _source, stack, diff, ...rest } = diag;
  const facts = diff ?? (Object.keys(rest).length > 0 ? JSON.stringify(rest, undefined, 2) : '');
  return [facts, place(diag) || stack].filter(Boolean).join('\n').trimEnd();
};

const toFailure = (result: Result): Failure => ({ name: result.fullname, details: describe(result.diag) });

/** Failures of the report itself: it ended too early, or holds another number of results than it announced. */
const reportFailures = (failures: readonly TapError[]): Failure[] =>
  failures.flatMap(({ tapError }) => (tapError ? [{ name: 'report', details: String(tapError) }] : []));

/** Reads a test file's TAP to its end. Each assertion counts once, at whatever depth; a `todo` counts as skipped. */
export const readTap = async (stream: Readable): Promise<TapReading> => {
  const results: Result[] = [];
  const whole: Failure[] = [];
  let chatter = '';
  const parser = new Parser();
  parser.on('result', (result: Result) => results.push(result));
  parser.on('extra', (line: string) => {
    chatter += line;
  });
  parser.on('bailout', (reason: string) => whole.push({ name: 'bail out', details: reason }));
  for await (const chunk of stream.setEncoding('utf8')) parser.write(chunk as string);
  parser.end();
  const left = results.filter(({ skip, todo }) => skip || todo);
  const counted = results.filter(({ skip, todo }) => !skip && !todo);
  return {
    passed: counted.filter(({ ok }) => ok).length,
    skipped: left.length,
    failures: [...counted.filter(({ ok }) => !ok).map(toFailure), ...whole, ...reportFailures(parser.failures)],
    chatter,
  };
};
