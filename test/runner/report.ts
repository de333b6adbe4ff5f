import type { FileResult } from './file-result.ts';

const MOST_NOISE_LINES = 60;
const SLOWEST = 5;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

const lastLines = (text: string): string => {
  const lines = text.split('\n');
  if (lines.length <= MOST_NOISE_LINES) return text;
  return [`(${lines.length - MOST_NOISE_LINES} lines before)`, ...lines.slice(-MOST_NOISE_LINES)].join('\n');
};

/** One line for a file that passed; every failure, and what the file wrote, for one that did not. */
export const reportFile = ({ file, seconds, passed, skipped, failures, noise }: FileResult): void => {
  const counts = `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  if (failures.length === 0) {
    say(`ok   ${file}  ${counts}  ${seconds.toFixed(1)} s`);
    return;
  }
  say(`FAIL ${file}  ${counts}, ${failures.length} failed  ${seconds.toFixed(1)} s`);
  for (const { name, details } of failures) say(`     ✗ ${name}\n${indented(details, '         ')}`);
  if (noise) say(`     what it wrote:\n${indented(lastLines(noise), '         ')}`);
};

export const reportSlowest = (results: readonly FileResult[]): void => {
  if (results.length <= SLOWEST) return;
  const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  say(`\nslowest: ${slowest.map(({ file, seconds }) => `${file} ${seconds.toFixed(1)} s`).join(', ')}`);
};
