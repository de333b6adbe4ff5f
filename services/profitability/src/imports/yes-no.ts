import { type Parsed, parsed, unreadable } from './parsed.ts';

const YES: ReadonlySet<string> = new Set(['yes', 'ja', 'true', '1']);
const NO: ReadonlySet<string> = new Set(['no', 'nein', 'false', '0']);

/** Reads whether an entry is billable. */
export const yesOrNo = (text: string): Parsed<boolean> => {
  const word = text.toLowerCase();
  if (YES.has(word)) return parsed(true);
  return NO.has(word) ? parsed(false) : unreadable('invalid-billable', 'billable is Yes or No');
};
