import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Notes a finished request: its status, and how many milliseconds it took. */
export type Timer = (status: number, ms: number) => void;

export interface Metrics {
  readonly registry: Registry;
  readonly timerOf: (operationId: string) => Timer;
}

/** Figures that are taken when somebody looks: one value for each set of labels. */
export interface Gauged {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly read: () => Promise<
    readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
  >;
}

/** Registers gauges; one whose reading fails is left out of the answer, and the others are shown. */
const register = (registry: Registry, gauges: readonly Gauged[]): void => {
  for (const { name, help, labelNames, read } of gauges) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect: async () => {
        gauge.reset();
        for (const { labels, value } of await read().catch(() => [])) gauge.set({ ...labels }, value);
      },
    });
  }
};

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Prometheus metrics of this process, and of the requests it served. */
export const createMetrics = (gauges: readonly Gauged[] = []): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  register(registry, gauges);
  const durations = new Histogram({
    name: 'headroom_http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    registry,
    timerOf: (operation) => {
      const byStatus = new Map<number, ReturnType<typeof durations.labels>>();
      return (status, ms) => {
        let histogram = byStatus.get(status);
        if (histogram === undefined) {
          histogram = durations.labels(operation, String(status));
          byStatus.set(status, histogram);
        }
        histogram.observe(ms / 1_000);
      };
    },
  };
};

/** `/metrics`, in the text format of Prometheus. Needs no credentials: it names no tenant and no money. */
export const serveMetrics = (app: FastifyInstance, { registry }: Metrics): void => {
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
};
