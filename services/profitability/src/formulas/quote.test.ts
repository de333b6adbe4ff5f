import { millionths } from '@headroom/money';
import fc from 'fast-check';
import t from 'tap';
import { type History, quote } from './quote.ts';

const history = (actualSeconds: number, baselineSeconds: number, stages: number): History => ({
  actualSeconds,
  baselineSeconds,
  stages,
});

t.test('the quote of the worked example', async (t) => {
  // Planned cost 100,000, f_c 1.4 (n = 3), f_a 1.1, m = 40%.
  t.strictSame(quote(10_000_000, history(42, 30, 3), history(132, 120, 4), '0.4'), {
    clientFactor: '1.400000',
    agencyFactor: '1.100000',
    weight: '0.500000',
    factor: '1.250000',
    neutralFactor: '1.100000',
    expectedCostMinor: 12_500_000,
    priceMinor: 20_833_333,
    neutralPriceMinor: 18_333_333,
  });
});

t.test('without a history of its own a client is priced like any other', async (t) => {
  const none = history(0, 0, 0);
  const fresh = quote(10_000_000, none, history(132, 120, 4), '0.4');
  t.strictSame([fresh.clientFactor, fresh.weight, fresh.factor], [null, '0.000000', '1.100000']);
  t.equal(fresh.priceMinor, fresh.neutralPriceMinor);
  const first = quote(10_000_000, none, none, '0.4');
  t.strictSame([first.agencyFactor, first.factor, first.priceMinor], [null, '1.000000', 16_666_667]);
});

t.test(
  'the factor lies between the client’s and the agency’s, the nearer to the client’s the more stages',
  async (t) => {
    const side = fc.record({
      actual: fc.integer({ min: 0, max: 10_000_000 }),
      baseline: fc.integer({ min: 1, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 50 }), (client, agency, n) => {
        const quoted = (stages: number) =>
          quote(1, history(client.actual, client.baseline, stages), history(agency.actual, agency.baseline, 99), '0.4');
        const { factor, clientFactor, agencyFactor } = quoted(n);
        const [f, c, a] = [factor, clientFactor ?? '0', agencyFactor ?? '0'].map(millionths) as [
          bigint,
          bigint,
          bigint,
        ];
        const [low, high] = c < a ? [c, a] : [a, c];
        if (f < low || f > high) throw new Error(`${f} is not between ${low} and ${high}`);
        const next = millionths(quoted(n + 1).factor);
        const distance = (factor: bigint) => (factor < c ? c - factor : factor - c);
        if (distance(next) > distance(f)) throw new Error('more stages led away from the client');
      }),
    );
    t.pass();
  },
);
