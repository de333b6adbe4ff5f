import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { allEvents } from '../events/index.ts';
import { storedTypesOf, upcast } from '../events/upcast.ts';
import { workedExample } from './worked-example.ts';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const stored = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const byName = new Map(allEvents.map((definition) => [definition.name as string, definition]));

t.test('every event version that was ever released has a stored example, and nothing else has one', async (t) => {
  const names = new Set(byName.keys());
  const released = storedTypesOf(names);
  t.strictSame(files.map((file) => file.replace(/\.json$/, '')).sort(), [...new Set(released)].sort());
});

for (const file of files) {
  t.test(`${file} folds for ever`, async (t) => {
    const { type, data } = upcast(file.replace(/\.json$/, ''), stored(file));
    const definition = byName.get(type);
    t.ok(definition, 'it becomes an event of today');
    t.strictSame(definition?.schema.parse(data), data, 'that says all that its shape asks for, and no more');
  });
}

t.test('the worked example speaks the published language', async (t) => {
  for (const { type, data } of workedExample) t.ok(byName.get(type)?.schema.safeParse(data).success, type);
  t.throws(() => upcast('HoursForgotten', {}), /unknown event type/);
});
