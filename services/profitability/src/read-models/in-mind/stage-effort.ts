import { exactCost, moneyOf } from '@headroom/money';
import type { LabourLine } from '../../formulas/stage-ledger.ts';
import type { StageView } from '../stage-view.ts';

/** What went into a stage by a day, and on what. */
export interface StageEffort {
  readonly revenueMinor: number;
  readonly costMinor: number;
  readonly labourCostMinor: number;
  readonly seconds: number;
  readonly uncostedSeconds: number;
  readonly contactSeconds: number;
  readonly contactCostMinor: number;
  readonly favourSeconds: number;
  readonly favourCostMinor: number;
  readonly work: readonly PersonsWork[];
}

/** What one person did in one role. */
export interface PersonsWork {
  readonly specialistId: string;
  readonly role: string;
  readonly seconds: number;
  readonly costMinor: number;
}

const isFavour = ({ billable, goodwill, activity }: LabourLine): boolean =>
  !billable && (goodwill || activity === 'rework');
const isContact = ({ billable, goodwill, activity }: LabourLine): boolean =>
  !billable && !goodwill && (activity === 'communication' || activity === 'travel');

const secondsOf = (lines: readonly LabourLine[]): number => lines.reduce((sum, { seconds }) => sum + seconds, 0);

const costOf = (lines: readonly LabourLine[], currency: string): number =>
  moneyOf(
    lines.reduce((sum, { seconds, units }) => sum + exactCost(seconds, units ?? 0), 0n),
    currency,
  );

/** The effort behind a stage's figures; contact and favour together are its unpaid seconds. */
export const effortOf = ({ state: { labour, currency }, figures }: StageView): StageEffort => {
  const contact = labour.filter(isContact);
  const favour = labour.filter(isFavour);
  const byPerson = Map.groupBy(labour, ({ specialistId, role }) => `${specialistId}|${role}`);
  return {
    revenueMinor: figures.revenueMinor,
    costMinor: figures.costMinor,
    labourCostMinor: figures.labourCostMinor,
    seconds: figures.seconds,
    uncostedSeconds: figures.uncostedSeconds,
    contactSeconds: secondsOf(contact),
    contactCostMinor: costOf(contact, currency),
    favourSeconds: secondsOf(favour),
    favourCostMinor: costOf(favour, currency),
    work: [...byPerson].map(([who, lines]) => {
      const [specialistId = '', role = ''] = who.split('|');
      return { specialistId, role, seconds: secondsOf(lines), costMinor: costOf(lines, currency) };
    }),
  };
};
