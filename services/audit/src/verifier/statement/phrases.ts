import { numberOf, type SeenEvent, textOf } from '../seen-event.ts';

// Nothing here may depend on where it runs (`Intl` differs between machines): the same events give the same letters.

const WITHOUT_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

const decimalsOf = (currency: string): number => {
  if (WITHOUT_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
};

/** An amount of money for people, such as `15 000.00 RUB`. */
export const moneyOf = (event: SeenEvent, member: string): string | undefined => {
  const minor = numberOf(event, `${member}/minor`);
  const currency = textOf(event, `${member}/currency`);
  if (minor === undefined || currency === undefined) return undefined;
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${minor < 0 ? '-' : ''}${whole}${fraction}\u00a0${currency}`;
};

/** Hours and minutes, such as `2:30`. */
export const hoursOf = (event: SeenEvent, member: string): string | undefined => {
  const seconds = numberOf(event, member);
  if (seconds === undefined) return undefined;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : `:${pad(seconds % 60)}`;
  return `${Math.floor(seconds / 3_600)}:${pad(Math.floor(seconds / 60) % 60)}${rest}`;
};

/** What an agreement rests on: the things that were named, one after the other. */
export const evidenceOf = (event: SeenEvent): string[] => {
  const named: string[] = [];
  for (let n = 0; ; n += 1) {
    const ref = textOf(event, `evidence/[${n}]/ref`);
    if (ref === undefined) return named;
    const note = textOf(event, `evidence/[${n}]/note`);
    named.push(note === undefined ? ref : `${ref} (${note})`);
  }
};
