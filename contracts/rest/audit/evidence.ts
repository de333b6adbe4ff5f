import { z } from 'zod';
import { size } from './checkpoints.ts';

const text = z.string();

/** A file of evidence that `headroom verify` and the page at `/verify` check without us. */
export const evidencePack = z
  .object({
    form: z.literal('headroom.evidence/v1'),
    subject: z.object({ kind: z.enum(['request', 'extra-payment', 'dispute', 'command']), id: text }),
    statement: z
      .object({
        words: z
          .array(z.object({ by: text, on: text, words: text }))
          .meta({ description: 'What was said and agreed to' }),
        en: z.array(text),
        ru: z.array(text),
      })
      .meta({ description: 'What the events say, for people; made from the events alone' }),
    events: z.array(
      z.object({
        n: z.int().min(0).meta({ description: 'Its place in the tree, from 0' }),
        leaf: text.meta({ description: 'What was sealed: canonical JSON (RFC 8785)' }),
        shown: z.record(z.string(), z.tuple([text, z.unknown()])).meta({
          description:
            'Values that are shown, by path: the salt of their commitment, and the value; others are withheld',
        }),
        path: z.array(text).meta({ description: 'Base64 hashes from the leaf to the root' }),
      }),
    ),
    checkpoint: text.meta({ description: 'Signed note (C2SP tlog-checkpoint)' }),
    earlier: z
      .object({ size: z.int(), root: text, path: z.array(text) })
      .nullable()
      .meta({ description: 'Proof that the log grew out of the earlier tree of `sinceSize` leaves' }),
    publicKey: text.meta({ description: 'Base64 of the Ed25519 key' }),
    disclosures: z.array(z.object({ n: z.int(), path: text, key: text })).meta({
      description:
        'Keys of values that are stored encrypted, each of that value alone; none for people who were erased',
    }),
    seal: text.meta({ description: 'Signed note over all of the above' }),
  })
  .meta({ id: 'EvidencePack' });

export const since = {
  sinceSize: size
    .optional()
    .meta({ description: 'Size of a checkpoint in hand: the file shows that the log grew out of it' }),
};

export const evidenceRefusals = {
  'not-sealed-yet': 'The notary has not sealed it yet; ask again in a moment.',
  'since-is-larger': 'The log had fewer events than that when it was sealed last.',
  'log-damaged':
    'An event in the log is not what was sealed. Run `headroom audit`: it says where the log was tampered with.',
} as const;

export const packExample = {
  form: 'headroom.evidence/v1' as const,
  subject: { kind: 'request' as const, id: 'font-change' },
  statement: {
    words: [{ by: 'Vera Orlova', on: '2026-03-20', words: 'Could you also change the font?' }],
    en: [
      'What is recorded about the client request font-change',
      '1 events, in the order in which they were recorded:',
      'Vera Orlova asked at 2026-03-20T08:05:00.000Z (chat): \u201cCould you also change the font?\u201d [recorded 2026-03-20T08:10:12.418Z by key:7f3a]',
    ],
    ru: [
      'Что записано о просьбе клиента font-change',
      'Событий: 1, в порядке записи:',
      'Просьба: Vera Orlova, 2026-03-20T08:05:00.000Z (чат): «Could you also change the font?» [записано 2026-03-20T08:10:12.418Z, автор key:7f3a]',
    ],
  },
  events: [
    {
      n: 69,
      leaf: '{"fields":{"/data/words":"R7zmyxk..."},"form":"headroom.leaf/v1","id":"...","position":70,"recordedAt":"2026-03-20T08:10:12.418Z","revision":0,"stream":"request-northlight/font-change","tenant":"northlight","type":"ClientRequestRegistered"}',
      shown: { '/data/words': ['q83vEjRWeJCrze8SNFZ4kA', 'Could you also change the font?'] as [string, unknown] },
      path: ['jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA='],
    },
  ],
  checkpoint:
    'headroom/northlight\n128\njFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA=\nposition 128\nsealed 2026-03-24T09:12:40.103Z\n\n\u2014 headroom/northlight 8zYn...\n',
  earlier: null,
  publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  disclosures: [],
  seal: 'headroom/northlight\nheadroom.evidence/v1\n21fe31df...\n\n\u2014 headroom/northlight 8zYn...\n',
};
