import type { StageView } from './stage-view.ts';

/** How a stage is billed and how far that has come; what another way of billing knows is null. */
export const shownBilling = ({ row: { ledger }, state: { billed, currency } }: StageView) => {
  const { billing } = ledger;
  const money = (minor: number | null) => (minor === null ? null : { minor, currency });
  const retained = billing.kind === 'retainer' ? billing : null;
  return {
    kind: billing.kind,
    cap: billing.kind === 'time-and-materials' ? billing.cap : null,
    monthlyFee: retained?.monthlyFee ?? null,
    fromMonth: retained?.fromMonth ?? null,
    toMonth: retained?.toMonth ?? null,
    monthsBegun: billed.months?.begun ?? null,
    accrued: money(billed.accruedMinor),
    beforeCap: money(billed.uncappedMinor),
    billableSeconds: billed.billableSeconds,
    unpricedSeconds: billed.unpricedSeconds,
  };
};
