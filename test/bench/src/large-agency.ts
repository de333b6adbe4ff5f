import { LARGE } from '@headroom/host/demo/large';
import { type Agency, settleAgency } from './agency.ts';
import type { Rebuilt } from './contenders/rebuild-headroom.ts';
import type { Bench } from './figure.ts';
import { startWorker } from './worker.ts';

const QUICK_EVENTS = 3_000;

/** The data of `npm run demo:large` with its read models, in a database of its own until `closing`. */
export const largeAgency = async (
  closing: AsyncDisposableStack,
  { cluster, quick, say }: Bench,
): Promise<{ readonly url: string; readonly agency: Agency; readonly events: number }> => {
  const { url, drop } = await cluster.database();
  closing.defer(drop);
  const { events: all, ...size } = LARGE;
  const events = quick ? QUICK_EVENTS : all;
  const agency = await settleAgency(url, events, size);
  const program = new URL('./contenders/rebuild-headroom.ts', import.meta.url);
  const rebuilder = startWorker<{ readonly url: string }, Rebuilt>(program);
  closing.defer(rebuilder.stop);
  await rebuilder.ask({ url });
  await cluster.settle();
  say(`${agency.projects.length} projects, ${agency.stages.length} stages, up to ${agency.lastDay}`);
  return { url, agency, events };
};
