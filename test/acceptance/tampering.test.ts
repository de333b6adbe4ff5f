/** What somebody may do to a file of evidence, with or without the agency's own key, and what a browser makes of it. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type InHand, packText, verifyPack } from '@headroom/audit/verifier';
import type { ResponseOf } from '@headroom/contracts/rest';
import type { getDisputePack } from '@headroom/contracts/rest/audit';
import { createPostgresEventStore } from '@headroom/event-store';
import { browse, findBrowser } from '@headroom/http/browser';
import { createNotary } from '@headroom/notary';
import { createPool } from '@headroom/postgres';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { fileOf, negotiate } from '../support/negotiation.ts';
import { startHeadroom } from '../support/running-headroom.ts';

t.setTimeout(3_600_000);

/** Of each kind; `TAMPER_RUNS=10000` for the long run. */
const RUNS = Number(process.env.TAMPER_RUNS ?? 100);

type Bytes = Uint8Array<ArrayBuffer>;
type ByteChange = (bytes: Bytes) => Bytes;

const spliced =
  (at: number, remove: number, ...insert: number[]): ByteChange =>
  (bytes) => {
    const all = [...bytes];
    all.splice(at, remove, ...insert);
    return Uint8Array.from(all);
  };

const byteChanges = (length: number) => {
  const at = fc.nat(length - 1);
  return fc.oneof(
    fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([place, mask]): ByteChange => {
      return (bytes) => bytes.with(place, (bytes[place] as number) ^ mask) as Bytes;
    }),
    fc.tuple(at, fc.integer({ min: 1, max: 400 })).map(([place, count]) => spliced(place, count)),
    fc.tuple(at, fc.integer({ min: 32, max: 126 })).map(([place, letter]) => spliced(place, 0, letter)),
    fc.tuple(at, fc.constantFrom(9, 10, 32)).map(([place, blank]) => spliced(place, 0, blank)),
  );
};

/** A pack that may be written to. */
type Draft = ResponseOf<typeof getDisputePack>;

type Change = readonly [what: string, change: (draft: Draft, random: number) => void];

const changedText = (text: string, random: number): string => {
  const at = random % text.length;
  return `${text.slice(0, at)}${text[at] === 'q' ? 'z' : 'q'}${text.slice(at + 1)}`;
};

const eventOf = (draft: Draft, random: number) => draft.events[random % draft.events.length] as Draft['events'][number];

const changes: readonly Change[] = [
  ['an event is left out', (draft, random) => draft.events.splice(random % draft.events.length, 1)],
  ['an event is told twice', (draft, random) => draft.events.push(structuredClone(eventOf(draft, random)))],
  [
    'two events change places',
    (draft, random) => draft.events.push(...draft.events.splice(random % (draft.events.length - 1), 1)),
  ],
  ['all is left out', (draft) => draft.events.splice(0)],
  [
    'another place is claimed',
    (draft, random) => {
      eventOf(draft, random).n += 1 + (random % 3);
    },
  ],
  [
    'what was sealed is another',
    (draft, random) => {
      const event = eventOf(draft, random);
      event.leaf = changedText(event.leaf, random);
    },
  ],
  [
    'a value is another',
    (draft, random) => {
      const { shown } = eventOf(draft, random);
      const pairs = Object.values(shown) as unknown as [string, unknown][];
      const pair = pairs[random % pairs.length] as [string, unknown];
      pair[1] = typeof pair[1] === 'number' ? pair[1] + 1 : `${pair[1]}!`;
    },
  ],
  [
    'a salt is another',
    (draft, random) => {
      const pairs = Object.values(eventOf(draft, random).shown) as unknown as [string, unknown][];
      const pair = pairs[random % pairs.length] as [string, unknown];
      pair[0] = changedText(pair[0], random);
    },
  ],
  [
    'a value is withheld',
    (draft, random) => {
      const { shown } = eventOf(draft, random);
      delete shown[Object.keys(shown)[random % Object.keys(shown).length] as string];
    },
  ],
  [
    'a path is another',
    (draft, random) => {
      eventOf(draft, random).path[0] = eventOf(draft, random + 1).leaf.slice(0, 44);
    },
  ],
  ['a path is cut', (draft, random) => eventOf(draft, random).path.pop()],
  [
    'a path is longer',
    (draft, random) => {
      const { path } = eventOf(draft, random);
      path.push(path[0] as string);
    },
  ],
  [
    'the statement says something else',
    (draft, random) => {
      const lines = random % 2 === 0 ? draft.statement.en : draft.statement.ru;
      lines[random % lines.length] = changedText(lines[random % lines.length] as string, random);
    },
  ],
  [
    'words are put into a mouth',
    (draft) => {
      (draft.statement.words[0] as { words: string }).words = 'Do it for free';
    },
  ],
  [
    'it is about something else',
    (draft) => {
      draft.subject.id = 'another-request';
    },
  ],
  [
    'the checkpoint is another',
    (draft) => {
      draft.checkpoint = draft.checkpoint.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`);
    },
  ],
  [
    'it grew out of nothing',
    (draft) => {
      draft.earlier = null;
    },
  ],
  [
    'it grew out of a larger tree',
    (draft) => {
      (draft.earlier as { size: number }).size += 1;
    },
  ],
  [
    'it grew out of another tree',
    (draft) => {
      (draft.earlier as { root: string }).root = (draft.earlier as { path: string[] }).path[0] as string;
    },
  ],
  [
    'the growth is cut',
    (draft) => {
      (draft.earlier as { path: string[] }).path.pop();
    },
  ],
  ['a revealed text is taken back', (draft, random) => draft.disclosures.splice(random % draft.disclosures.length, 1)],
  [
    'the key of a text is another',
    (draft, random) => {
      const disclosure = draft.disclosures[random % draft.disclosures.length] as { key: string };
      disclosure.key = draft.publicKey;
    },
  ],
  [
    'the key is another',
    (draft) => {
      draft.publicKey = (draft.earlier as { root: string }).root;
    },
  ],
];

t.test('whatever is done to a pack is found, also by whoever holds the key', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await negotiate(t, owner);
  const held = (await owner.get('/v1/audit/checkpoint')).body;
  await owner.post('/v1/clients', { clientId: 'later', name: 'Later', since: '2026-03-01' });
  const { publicKey } = (await owner.get('/v1/notary/key')).body;
  const path = `/v1/dispute-packs/request/font-change?sinceSize=${held.size}`;
  const { bytes } = await fileOf(headroom, await headroom.keyFor('owner'), path);
  const inHand: InHand = { checkpoint: held.note, publicKey };
  t.match(await verifyPack(bytes, inHand), { kind: 'proven', events: 6 }, 'an honest one is not rejected');

  await t.test(`${RUNS} changes of bytes`, async (t) => {
    const refuted = async (change: ByteChange) => (await verifyPack(change(bytes))).kind === 'refuted';
    await fc.assert(fc.asyncProperty(byteChanges(bytes.length), refuted), { numRuns: RUNS });
    t.pass('none went through');
  });

  const pool = createPool(headroom.databaseUrl, { applicationName: 'test', max: 2 });
  const store = await createPostgresEventStore({ connectionString: headroom.databaseUrl });
  t.teardown(() => Promise.all([store.close(), pool.end()]));
  const notary = createNotary({ pool, store });
  const pack = JSON.parse(new TextDecoder().decode(bytes)) as Draft;

  /** As the agency itself would forge it: with its own key. */
  const sealedAnew = async (draft: Draft): Promise<Bytes> => {
    const { seal: _, ...rest } = draft;
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(packText(rest))));
    const seal = await notary.sign('northlight', `headroom/northlight\n${pack.form}\n${digest.toString('hex')}\n`);
    return new TextEncoder().encode(packText({ ...rest, seal }));
  };
  t.match(await verifyPack(await sealedAnew(structuredClone(pack)), inHand), { kind: 'proven' });

  await t.test(`${RUNS} forgeries with the agency’s key`, async (t) => {
    const reasons = new Map<string, Set<string>>();
    const forgery = fc.tuple(fc.constantFrom(...changes), fc.nat(1_000_000));
    await fc.assert(
      fc.asyncProperty(forgery, async ([[what, change], random]) => {
        const draft = structuredClone(pack);
        change(draft, random);
        const verdict = await verifyPack(await sealedAnew(draft), inHand);
        if (verdict.kind === 'refuted') reasons.set(what, (reasons.get(what) ?? new Set()).add(verdict.why));
        return verdict.kind === 'refuted';
      }),
      { numRuns: RUNS },
    );
    const causes = new Set([...reasons.values()].flatMap((why) => [...why]));
    t.ok(causes.size > 8, [...causes].join(' | '));
  });

  await t.test('somebody who was erased takes the words along, and the proof stands', async (t) => {
    const subjects: { label: string; name: string; subjectId: string }[] = (await owner.get('/v1/subjects')).body.items;
    const vera = subjects.find((subject) => JSON.stringify(subject).includes('Vera Orlova'));
    const erased = await owner.post(`/v1/subjects/${vera?.subjectId}/erasure`, { reason: 'Asked for it by letter' });
    t.equal(erased.status, 200, JSON.stringify(erased.body));
    const after = await fileOf(headroom, await headroom.keyFor('owner'), path);
    const verdict = await verifyPack(after.bytes, inHand);
    t.match(verdict, { kind: 'proven', events: 6 });
    t.notMatch(new TextDecoder().decode(after.bytes), /Vera Orlova|change the font/);
    t.match(JSON.stringify(verdict), /\[erased\]/);
    t.match(await verifyPack(bytes, inHand), { kind: 'proven' }, 'as does the one that was handed out before');
  });

  await t.test('the page checks it in a browser, from the disk', async (t) =>
    inBrowser(t, headroom.url, bytes, held.note),
  );
});

/** Chooses the file in the page as a person would, and gives what the page then shows. */
const inBrowser = async (t: Test, url: string, bytes: Bytes, note: string): Promise<void> => {
  const browser = findBrowser();
  if (browser === undefined) {
    t.pass('there is no browser here');
    return;
  }
  const page = await (await fetch(`${url}/verify`)).text();
  const folder = t.testdir();
  const shown = async (name: string, file: Bytes): Promise<string> => {
    const choose = `<script type="module">
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from(atob('${Buffer.from(file).toString('base64')}'), (c) => c.charCodeAt(0))], 'pack.json'));
      document.getElementById('checkpoint').value = ${JSON.stringify(note)};
      document.getElementById('file').files = files.files;
      document.getElementById('file').dispatchEvent(new Event('change'));
    </script>`;
    const path = join(folder, name);
    await writeFile(path, page.replace('</body>', `${choose}</body>`));
    t.match(await readFile(path, 'utf8'), 'DataTransfer');
    return browse(browser, '--virtual-time-budget=10000', '--dump-dom', `file://${path}`);
  };
  const honest = await shown('honest.html', bytes);
  t.match(honest, /class="verdict proven"/);
  t.match(honest, /Could you also change the font\?/);
  t.match(honest, /grew out of the checkpoint in your hand/);
  const forged = Uint8Array.from(bytes);
  const amount = Buffer.from(bytes).indexOf('1500000');
  forged[amount] = '9'.charCodeAt(0);
  const refuted = await shown('forged.html', forged);
  t.match(refuted, /class="verdict refuted">Not proven\. /);
};
