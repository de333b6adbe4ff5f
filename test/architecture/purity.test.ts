import { findImpurities } from '@headroom/check/purity';
import t from 'tap';

const impure = [
  'export const at = () => Date.now();',
  'export const at = () => new Date();',
  'export const at = () => Date();',
  'export const at = () => performance.now();',
  'export const id = () => crypto.randomUUID();',
  'export const chance = () => Math.random();',
  'export const now = Date.now;',
  'export const where = process.env.HOME;',
  'const { env } = process;',
  'export const say = (text: string) => console.log(text);',
  'export const ask = async () => 1;',
  'export const get = () => fetch("https://example.org");',
  'export const later = (then: () => void) => setTimeout(then, 1);',
  'export const order = (a: string, b: string) => a.localeCompare(b);',
  'export const hour = (at: Date) => at.getHours();',
  'export const all = { process };',
];

const pure = [
  'export const at = (text: string) => new Date(text).toISOString();',
  'export const most = (a: number, b: number) => Math.max(a, b);',
  'export interface Import { process: string; crypto: number }',
  'export const label = (line: { process: string }) => line.process;',
  'export const labels = { process: 1, "Date.now": 2 };',
  '// Date.now() and Math.random() are only mentioned here\nexport const text = "new Date()";',
];

t.test('a clock, chance and the surroundings are found, with the line', (t) => {
  for (const text of impure)
    t.strictSame(
      findImpurities(`\n${text}`).map(({ line }) => line),
      [2],
      text,
    );
  t.end();
});

t.test('functions of their arguments are left in peace', (t) => {
  for (const text of pure) t.strictSame(findImpurities(text), [], text);
  t.end();
});
