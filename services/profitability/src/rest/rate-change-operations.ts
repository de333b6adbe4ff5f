import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, decodeCursor } from '@headroom/http';
import { derivedId } from '@headroom/kernel';
import type { JsonObject, OperationDesk } from '@headroom/operations';
import { assessRateChange, type RateChangeDeps } from '../commands/rate-changes/assess-rate-change.ts';
import { LONG_RATE_CHANGE, type RateChangeRequest } from '../commands/rate-changes/long-rate-change.ts';
import { listRestatements } from '../read-models/restatements/list-restatements.ts';
import { cursorOf } from './cursor.ts';

export interface RateChangeParts extends RateChangeDeps {
  readonly desk: OperationDesk;
}

const PATIENCE_MS = 2_000;
const hidden = { kind: 'refused', code: 'rates-hidden' } as const;

const later = (desk: OperationDesk, operationId: string, request: RateChangeRequest) => {
  const { tenantId, actor, fingerprint } = request.context;
  return desk.start({
    tenantId,
    operationId,
    kind: LONG_RATE_CHANGE,
    fingerprint,
    actor,
    permission: 'rates:write',
    // Plain data; what is undefined is left out.
    input: JSON.parse(JSON.stringify(request)) as JsonObject,
  });
};

/** Changes of several cost rates: what they would do, their doing, and what they made of closed months. */
export const rateChangeOperations = ({ desk, ...deps }: RateChangeParts): Bound[] => [
  bindCommand(contract.previewRateChange, async ({ context, body, caller }) => {
    if (!caller.seesRates) return hidden;
    const { tenantId, now, commandKey } = context;
    const { rates, adjustments, ...asked } = body;
    const rateChangeId = derivedId('rate-change', tenantId, commandKey);
    const wish = { rates, adjustments };
    const found = await assessRateChange(deps, {
      ...asked,
      tenantId,
      rateChangeId,
      wish,
      now,
      patienceMs: PATIENCE_MS,
    });
    if (typeof found === 'string') return { kind: 'refused', code: found };
    return { kind: 'accepted', body: found.report, replayed: false };
  }),

  bindCommand(contract.applyRateChange, async ({ context, body, caller }) => {
    if (!caller.seesRates) return hidden;
    const { tenantId, now, commandKey } = context;
    const { rates, adjustments, reason, limit } = body;
    const operationId = derivedId('rate-change', tenantId, commandKey);
    const { rateChangeId = operationId } = body;
    const wish = { rates, adjustments };
    // What was begun is not judged again: the change itself may have left nothing to change.
    if ((await desk.get(tenantId, operationId)) === undefined) {
      const asked = { tenantId, rateChangeId, wish, standards: [], limit, now, patienceMs: PATIENCE_MS };
      const found = await assessRateChange(deps, asked);
      if (typeof found === 'string') return { kind: 'refused', code: found };
    }
    return later(desk, operationId, { context, rateChangeId, wish, reason, limit });
  }),

  bindQuestion(contract.listRestatements, {
    projections: [projectionNames.profitability],
    answer: async ({ caller, params, query }, reader) => {
      const scope = { params, query };
      const after = decodeCursor(contract.listRestatements, scope);
      const { body, next } = await listRestatements(reader, caller.tenantId, { ...query, after });
      return { kind: 'answer', body: { ...body, nextCursor: cursorOf(contract.listRestatements, scope, next) } };
    },
  }),
];
