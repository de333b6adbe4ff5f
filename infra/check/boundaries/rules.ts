import type { IForbiddenRuleType } from 'dependency-cruiser';
import { folders } from './folders.ts';

/** Tests and what only tests use: they may reach anywhere. */
const TESTING = '\\.test\\.ts$|/(testing|test-support|contract-suite|stand-in|fixtures|bench)/|/testing\\.ts$';
const ALLOWED_FOR_TESTING = ['tap', 'fast-check'];

const npm = (name: string): string =>
  name.startsWith('node:') ? `^${name.slice('node:'.length)}(/|$)` : `(^|/)node_modules/(${name})/`;

const internal = (name: string): string => (name === 'contracts' ? '^contracts/' : `^packages/${name}/`);

/** One rule for each kind of folder: what it does not list, it must not know. */
const folderRules: IForbiddenRuleType[] = Object.entries(folders).map(([folder, knows]) => ({
  name: `${folder}-know-their-place`,
  comment: `${folder} may know ${[...knows.folders, ...knows.packages, ...knows.others].join(', ')}`,
  from: { path: `^services/([^/]+)/src/${folder}/`, pathNot: TESTING },
  to: {
    pathNot: [
      `^services/$1/src/(${[folder, ...knows.folders].join('|')})/`,
      ...knows.packages.map(internal),
      ...knows.others.map(npm),
    ],
  },
}));

const treeRules: IForbiddenRuleType[] = [
  {
    name: 'services-meet-through-contracts',
    comment: 'services never import each other; they meet in contracts alone',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'services-stand-alone',
    comment: 'services know contracts and packages, not the processes that run them',
    from: { path: '^services/' },
    to: { path: '^(host|test|infra)/' },
  },
  {
    name: 'service-folders-are-known',
    comment: 'a new kind of folder needs a line in infra/check/boundaries/folders.ts',
    from: { path: `^services/[^/]+/src/(?!(${Object.keys(folders).join('|')})/|index\\.ts$)`, pathNot: TESTING },
    to: {},
  },
  {
    name: 'contracts-import-zod-alone',
    comment: 'the published language has no behaviour and depends on nothing else',
    from: { path: '^contracts/', pathNot: TESTING },
    to: { pathNot: ['^contracts/', npm('zod')] },
  },
  {
    name: 'packages-know-no-business',
    comment: 'packages serve any business; only http knows the form of requests and answers',
    from: { path: '^packages/' },
    to: { path: '^(contracts|services|host|test|infra)/', pathNot: '^contracts/rest/' },
  },
  {
    name: 'only-http-knows-rest-contracts',
    comment: 'of the packages, only http knows the form of requests and answers',
    from: { path: '^packages/', pathNot: '^packages/http/' },
    to: { path: '^contracts/rest/' },
  },
  {
    name: 'only-host-joins-services',
    comment: 'the host is the only place that imports services (tests may)',
    from: { pathNot: ['^(services|host|test)/', TESTING] },
    to: { path: '^services/' },
  },
  {
    name: 'production-knows-no-tests',
    comment: 'what runs must not depend on what only tests use',
    from: { pathNot: ['^test/', TESTING] },
    to: { path: [TESTING, '^test/', npm(ALLOWED_FOR_TESTING.join('|'))] },
  },
  {
    name: 'no-cycles',
    comment: 'files that need each other are one file, or lack a third (types alone may go round)',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'everything-resolves',
    comment: 'an import that leads nowhere would escape all other rules',
    from: {},
    to: { couldNotResolve: true },
  },
];

/** Every boundary of the tree, as patterns: a new service or package is under them from its first file. */
export const rules: readonly IForbiddenRuleType[] = [...treeRules, ...folderRules].map((rule) => ({
  ...rule,
  severity: 'error',
}));
