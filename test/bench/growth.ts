/**
 * `npm run growth -- --into FOLDER`: what a rebuild, an answer of the past and memory cost as the log grows: 100,000, 300,000, 1
 * and 3 million events, or those of `--events 100000,10000000`. A JSON line a size on stdout, and in the folder plots of
 * them. A million events take about 1.7 GB on the disk, read models included, and a rebuild holds
 * them twice for a while: ten million want 35 GB free.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithParent } from '@headroom/host/process/supervised';
import { startCluster } from './src/cluster.ts';
import { type Grown, measureSize } from './src/growth/measure-size.ts';
import { plot } from './src/growth/plot.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '100000,300000,1000000,3000000' },
    seconds: { type: 'string', default: '10' },
    into: { type: 'string' },
  },
});

const PLOTS = [
  { file: 'rebuild', title: 'Seconds that a rebuild of all read models takes', unit: 's', of: 'rebuildSeconds' },
  { file: 'known-at', title: 'p99 of answers of the past', unit: 'ms', of: 'knownAtP99Ms' },
  { file: 'rebuild-memory', title: 'Memory of a rebuild', unit: 'MB', of: 'rebuildMb' },
  { file: 'api-memory', title: 'Memory of the API', unit: 'MB', of: 'apiMb' },
] as const;

const draw = (folder: string, grown: readonly Grown[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const { file, title, unit, of } of PLOTS) {
    const points = grown.map((each) => ({ x: each.events, y: each[of] }));
    writeFileSync(join(folder, `${file}.svg`), plot(title, unit, points));
  }
};

exitWithParent();
const cluster = await startCluster();
try {
  const grown: Grown[] = [];
  for (const events of options.events.split(',').map(Number)) {
    const measured = await measureSize(cluster, events, Number(options.seconds));
    grown.push(measured);
    process.stdout.write(`${JSON.stringify({ name: 'growth', ...measured })}\n`);
    if (options.into !== undefined) draw(options.into, grown);
  }
} finally {
  await cluster.stop();
}
