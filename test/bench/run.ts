import { exitWithParent } from '@headroom/host/process/supervised';
import { startCluster } from './src/cluster.ts';
import type { Bench, Figure, Line } from './src/figure.ts';
import { figures } from './src/figures/index.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const usage = (): string =>
  ['npm run bench [-- --quick] [NAME...]', ...figures.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`)].join(
    '\n',
  );

const chosen = (names: readonly string[]): readonly Figure[] | undefined => {
  if (names.length === 0) return figures;
  const found = figures.filter(({ name }) => names.includes(name));
  return found.length === new Set(names).size ? found : undefined;
};

const measureAll = async (asked: readonly Figure[], quick: boolean): Promise<Line[]> => {
  const cluster = await startCluster();
  const lines: Line[] = [];
  try {
    for (const figure of asked) {
      say(`${figure.name}: ${figure.title}`);
      const bench: Bench = { cluster, quick, say: (text) => say(`  ${text}`) };
      for (const line of await figure.measure(bench)) {
        lines.push(line);
        process.stdout.write(`${JSON.stringify(line)}\n`);
      }
    }
  } finally {
    await cluster.stop();
  }
  return lines;
};

const main = async (args: readonly string[]): Promise<number> => {
  exitWithParent();
  const quick = args.includes('--quick');
  const asked = chosen(args.filter((arg) => arg !== '--quick'));
  if (!asked) {
    say(usage());
    return 2;
  }
  const missed = (await measureAll(asked, quick)).filter(({ met }) => met === false);
  if (quick) say('quick: every bench works; the figures mean nothing');
  else say(missed.length === 0 ? 'every goal is met' : `missed: ${missed.map(({ name }) => name).join(', ')}`);
  return 0;
};

process.exitCode = await main(process.argv.slice(2));
