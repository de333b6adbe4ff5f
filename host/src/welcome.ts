import type { DemoKeys } from './demo/keys.ts';

const QUESTIONS = [
  ['Does this stage earn money?', '/v1/stages/landing-design/profitability'],
  ['Does this client deserve care?', '/v1/clients/butovo-bricks/loyalty?asOf=2026-03-31'],
  ['Did this client earn from us?', '/v1/clients/flora/roi?asOf=2026-03-31'],
] as const;

const demo = (url: string, { owner, manager }: DemoKeys): string => `
  Demo keys   owner    ${owner}
              manager  ${manager}   (sees no cost rates)

  Try

    export KEY=${owner}
${QUESTIONS.map(
  ([question, path]) => `
    # ${question}
    curl -s -H "Authorization: Bearer $KEY" '${url}${path}'`,
).join('\n')}
`;

/** What a person sees who has started Headroom. */
export const welcome = (url: string, dataDir: string, keys: DemoKeys | undefined, seconds: string): string => `
Headroom is running (started in ${seconds} s).

  API         ${url}
  Reference   ${url}/docs
${keys === undefined ? '\n  No demo: make a key with  npm run headroom -- key create --tenant my_agency --role owner --name me\n' : demo(url, keys)}
  The data is in ${dataDir}. Ctrl-C stops everything and keeps it.
`;
