export interface EffectiveStandard {
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly serviceType: string | null;
}

/**
 * The standard margin in force on a day: the service type's own where there is one, the agency's otherwise; null when
 * none has been approved. `standards` are in the order of their dates, later approvals behind.
 */
export const standardOn = (
  standards: readonly EffectiveStandard[],
  serviceType: string | null,
  day: string,
): string | null => {
  const latest = (type: string | null) =>
    standards.findLast((each) => each.serviceType === type && each.effectiveFrom <= day)?.margin;
  return (serviceType === null ? undefined : latest(serviceType)) ?? latest(null) ?? null;
};
