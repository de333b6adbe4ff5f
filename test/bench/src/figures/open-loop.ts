import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settleAgency, untilFolded } from '../agency.ts';
import { type Bench, effort, type Figure, type Line } from '../figure.ts';
import { absolute } from '../goal.ts';
import { startHeadroom } from '../headroom-process.ts';
import type { Answered, OpenLoopOrder } from '../load/open-loop.ts';
import { disturbance, watchOthers } from '../others.ts';
import { startWorker } from '../worker.ts';

const READS_A_SECOND = 2_000;
const WRITES_A_SECOND = 500;
const CONNECTIONS = 128;
const WARM_UP_SECONDS = { quick: 0.2, full: 10 };
const HISTORY = { quick: 3_000, full: 30_000 };
/** The server of the database runs as another user when we are root, and has to walk through. */
const WALKABLE = 0o755;

/** `npm start` without the demo: API, projector and embedded database, over an agency with some history. */
const startStandalone = async (closing: AsyncDisposableStack, events: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'));
  chmodSync(folder, WALKABLE);
  closing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const headroom = await startHeadroom('standalone', { DATA_DIR: dataDir, LOG_LEVEL: 'warn', DATABASE_URL: '' });
  closing.defer(headroom.stop);
  const { databaseUrl } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as { databaseUrl: string };
  const agency = await settleAgency(databaseUrl, events);
  await untilFolded(databaseUrl);
  return { ...headroom, agency };
};

const measure = async ({ say, ...how }: Bench): Promise<Line[]> => {
  const { runs, seconds } = effort(how, { runs: 5, seconds: 60 });
  const scale = how.quick ? 'quick' : 'full';
  await using closing = new AsyncDisposableStack();
  const { target, agency } = await startStandalone(closing, HISTORY[scale]);
  const generator = startWorker<OpenLoopOrder, { readonly [name in 'reads' | 'writes']: Answered }>(
    new URL('../load/open-loop.ts', import.meta.url),
  );
  closing.defer(generator.stop);
  const { key, specialists, openStages, stages } = agency;
  const paths = stages.map((stageId) => `/v1/stages/${stageId}/profitability`);
  const order: OpenLoopOrder = {
    target,
    seconds,
    warmUpSeconds: WARM_UP_SECONDS[scale],
    connections: CONNECTIONS,
    streams: {
      reads: { traffic: { kind: 'get', key, paths }, perSecond: READS_A_SECOND },
      writes: { traffic: { kind: 'log-hours', key, specialists, stages: openStages }, perSecond: WRITES_A_SECOND },
    },
  };
  const samples: { readonly reads: Answered; readonly writes: Answered }[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const others = watchOthers();
    const answered = await generator.ask(order);
    samples.push(answered);
    const tell = ({ requests, p50, p99, worst }: Answered) =>
      `${requests} answered, p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, worst ${worst.toFixed(0)} ms`;
    say(`run ${run}, reads: ${tell(answered.reads)}; writes: ${tell(answered.writes)}${disturbance(others())}`);
  }
  const p99 = (name: 'reads' | 'writes') => samples.map((sample) => sample[name].p99);
  return [
    absolute('open-loop-reads-p99', 'ms', p99('reads'), { atMost: 10 }),
    absolute('open-loop-writes-p99', 'ms', p99('writes'), { atMost: 15 }),
  ];
};

/** How long people wait while requests come at the rate at which they come. */
export const openLoop: Figure = {
  name: 'open-loop',
  title: `${READS_A_SECOND} reads and ${WRITES_A_SECOND} writes a second, standalone`,
  measure,
};
