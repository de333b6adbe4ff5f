import { setImmediate } from 'node:timers/promises';
import { type ImportProblem, type LineProblem, problem } from './problem.ts';

/** A file: its bytes, or a stream of them (a Node `Readable`, a web stream, a request's body). */
export type FileSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Some hundred rows, which are read in a few milliseconds. */
const SLICE = 16 * 1024;
/** A line longer than this is no line of a tracker's export. */
const MAX_LINE_BYTES = 1024 * 1024;
const LF = 10;

/**
 * Pieces of a bounded size, so that no step downstream ever holds a whole file a second time. Others get their turn in
 * between: a file that is in memory already would otherwise keep the process busy to its end.
 */
async function* slices(source: FileSource): AsyncGenerator<Uint8Array> {
  for await (const bytes of source instanceof Uint8Array ? [source] : source) {
    for (let start = 0; start < bytes.length; start += SLICE) {
      yield bytes.subarray(start, start + SLICE);
      await setImmediate();
    }
  }
}

const encodingOf = (start: Uint8Array): Encoding => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
};

/** Where the last whole line of the bytes ends; 0 when none does. A newline never hides inside another character. */
const endOfLines = (bytes: Uint8Array, encoding: Encoding): number => {
  if (encoding === 'utf-8') return bytes.lastIndexOf(LF) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let unit = (bytes.length & ~1) - 2; unit >= 0; unit -= 2) {
    if (bytes[unit + low] === LF && bytes[unit + 1 - low] === 0) return unit + 2;
  }
  return 0;
};

const decoded = (bytes: Uint8Array, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const lineBreaks = (text: string): number => text.split('\n').length - 1;

/** Whole lines before the first broken character, which a forgiving decoder shows as U+FFFD. */
const goodLines = (bytes: Uint8Array, encoding: Encoding): number =>
  lineBreaks(new TextDecoder(encoding).decode(bytes).split('\ufffd', 1)[0] ?? '');

const encodingProblem = (encoding: Encoding): ImportProblem =>
  problem(
    'invalid-encoding',
    encoding === 'utf-8'
      ? 'the file is not UTF-8; export it again, or save it as "CSV UTF-8"'
      : 'the file begins as UTF-16 but holds bytes that are not',
  );

const lineTooLong = problem(
  'malformed-csv',
  `a line is longer than ${MAX_LINE_BYTES} bytes; this is not a tracker's export`,
);

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array =>
  first.length === 0 ? second : Buffer.concat([first, second]);

/**
 * The text of a file in blocks of whole lines, all line ends as `\n` and without byte order mark. UTF-8, or UTF-16 that
 * begins with its mark. The first byte that is neither ends the text with a problem that names its line.
 */
export async function* textBlocks(source: FileSource): AsyncGenerator<string | LineProblem> {
  let line = 1;
  let encoding: Encoding | undefined;
  let carried: Uint8Array = new Uint8Array(0);
  const decode = (bytes: Uint8Array, as: Encoding): string | LineProblem => {
    const text = decoded(bytes, as);
    if (text === undefined) return { line: line + goodLines(bytes, as), error: encodingProblem(as) };
    line += lineBreaks(text);
    return text.replace(/\r\n?/g, '\n');
  };
  for await (const slice of slices(source)) {
    carried = joined(carried, slice);
    if (carried.length < 2) continue;
    encoding ??= encodingOf(carried);
    const end = endOfLines(carried, encoding);
    if (end > 0) {
      const block = decode(carried.subarray(0, end), encoding);
      yield block;
      if (typeof block !== 'string') return;
      carried = carried.subarray(end);
    } else if (carried.length > MAX_LINE_BYTES) {
      yield { line, error: lineTooLong };
      return;
    }
  }
  if (carried.length > 0) yield decode(carried, encoding ?? 'utf-8');
}
