/**
 * Who may do what, made from the published document: every route, with every role, about one's own things, another
 * tenant's and absent ones. In all that is answered to who may not see rates, cost rates and salaries are looked for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Operation, type Permission, permissions, type Role, roles } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import t, { type Test } from 'tap';
import { type Canary, sungIn } from '../support/canaries.ts';
import { type GuardedAgency, guardedAgency, type Ids, OWN_MARK } from '../support/guarded-agency.ts';
import { type RunningHeadroom, startHeadroom } from '../support/running-headroom.ts';

t.setTimeout(300_000);

interface Described {
  readonly operationId: string;
  readonly 'x-permission': Permission | readonly Permission[];
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly enum?: readonly unknown[]; readonly type?: string; readonly anyOf?: readonly unknown[] };
}

const text = readFileSync(join(import.meta.dirname, '../../contracts/openapi.json'), 'utf8');
const document = JSON.parse(text) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> };
const exampleOf = new Map(describedOperations().map(({ operation }) => [operation.operationId, operation]));

/** A route of the document, with the example that shows how it is called. */
interface Route extends Described {
  readonly method: string;
  readonly path: string;
  readonly needs: readonly Permission[];
  readonly operation: Operation;
}

const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => {
    const operation = exampleOf.get(described.operationId);
    if (operation === undefined) throw new Error(`${described.operationId} is documented, but not there`);
    return { ...described, method: method.toUpperCase(), path, needs: [described['x-permission']].flat(), operation };
  }),
);
const questions = routes.filter(({ method }) => method === 'GET');
const commands = routes.filter(({ method }) => method !== 'GET');

/** What is made under an id that may be anybody's: there is no foreign and no absent one. */
const MADE_BY_NAMING = new Set(['defineMetric']);
/** What is about an entry that another role may have voided by then, a person whom another may have erased, or a dispute; or of somebody else’s command. */
const MAY_BE_GONE = new Set(['rejectHours', 'eraseSubject', 'exportSubject', 'getDisputePack', 'getReceipt']);
/** Scopes with which an integration reads and does nearly everything, and yet sees no rate. */
const BLIND_SCOPES = permissions.filter((each) => each !== 'rates:read' && each !== 'rates:write');

interface Who {
  readonly name: string;
  readonly held: ReadonlySet<Permission>;
  readonly authorization: string;
  readonly specialistId: string | undefined;
}

const everybody = async (headroom: RunningHeadroom, tenantId: string): Promise<Who[]> => {
  const people = (Object.keys(roles) as Role[]).filter((role) => role !== 'integration');
  const known = people.map(async (role): Promise<Who> => {
    const specialistId = role === 'specialist' ? 'anna' : undefined;
    const whose = role === 'client' ? { clientId: 'flora' } : specialistId;
    const authorization = `Bearer ${await headroom.keyFor(role, tenantId, whose)}`;
    return { name: role, held: new Set<Permission>(roles[role]), authorization, specialistId };
  });
  const integration = `Bearer ${await headroom.keyFor('integration', tenantId, undefined, BLIND_SCOPES)}`;
  const blind = { name: 'integration', held: new Set(BLIND_SCOPES), authorization: integration };
  const all = [...(await Promise.all(known)), { ...blind, specialistId: undefined }];
  // Who may see rates comes last, so that what they change is changed when the others have been heard.
  return all.toSorted((one, other) => Number(one.held.has('rates:read')) - Number(other.held.has('rates:read')));
};

/** The field that takes the id of a kind of thing: `extraPaymentId` of `extra-payment`. */
const fieldOf = (kind: string): string => `${kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`;

const filled = (route: Route, ids: Ids | 'absent', chosen: Readonly<Record<string, string>> = {}): string =>
  route.path.replace(/\{(\w+)\}/g, (_, param: string) => {
    const params = { ...route.operation.example.params, ...chosen };
    const example = params[param] ?? 'absent';
    if (!param.endsWith('Id')) return example;
    // What `subject` names is told apart by it alone.
    const name = param === 'subjectId' && params.subject !== undefined ? fieldOf(params.subject) : param;
    // Some ids begin with their kind and a colon.
    const kind = /^[a-z]+:/.exec(example)?.[0] ?? '';
    return encodeURIComponent(ids === 'absent' ? `${kind}not-there` : (ids[name] ?? example));
  });

/** The body of the example, about things that are there. */
const about = (body: unknown, ids: Ids): unknown => {
  // Only the first of several, so that no two name the same thing.
  if (Array.isArray(body)) return body.map((each, index) => (index === 0 ? about(each, ids) : each));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const known = ids[name.replace(/Ids$/, 'Id')];
      if (known === undefined || value === null) return [name, about(value, ids)];
      return [name, Array.isArray(value) ? [known] : known];
    }),
  );
};

const VALUES: Readonly<Record<string, readonly string[]>> = {
  asOf: ['2026-03-06', '2026-12-31'],
  from: ['2026-01', '2026-01-01'],
  role: ['designer', 'manager'],
};

/** The caller who may read the most without seeing rates: what is hidden is the same for all who may not see them. */
const seesMost = ({ name }: Who): boolean => name === 'integration';

/** The path of a route, once for each choice that it offers. */
const paths = (route: Route, ids: Ids | 'absent'): string[] => {
  const choice = route.parameters?.find((each) => each.in === 'path' && each.schema.enum !== undefined);
  if (choice === undefined) return [filled(route, ids)];
  return (choice.schema.enum ?? []).map((value) => filled(route, ids, { [choice.name]: String(value) }));
};

/** A question as its example asks it, without options, and for who sees most without rates with each option in turn. */
const askings = (who: Who, { parameters = [], operation }: Route, ids: Ids): string[] => {
  const example = about(operation.example.query ?? {}, ids) as Record<string, string>;
  const options = parameters.filter((each) => each.in === 'query');
  const varied = (seesMost(who) ? options : []).flatMap(({ name, schema }) => {
    const known = ids[name] === undefined ? [] : [ids[name]];
    const values = schema.enum?.map(String) ?? VALUES[name] ?? known;
    return values.map((value) => new URLSearchParams({ ...example, [name]: value }).toString());
  });
  return [...new Set([new URLSearchParams(example).toString(), ...(seesMost(who) ? [''] : []), ...varied])];
};

interface Heard {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}

const listener = (headroom: RunningHeadroom, canaries: readonly Canary[]) => {
  let sent = 0;
  const send = async (who: Who, route: Route, path: string, ids: Ids): Promise<Heard> => {
    sent += 1;
    const { example } = route.operation;
    const type = route.operation.kind === 'command' ? route.operation.contentTypes?.[0] : undefined;
    const body = typeof example.body === 'string' ? example.body : JSON.stringify(about(example.body ?? {}, ids));
    const headers = { authorization: who.authorization, 'idempotency-key': `matrix-${sent}` };
    const response = await fetch(
      `${headroom.url}${path}`,
      route.method === 'GET'
        ? { headers }
        : { method: route.method, headers: { ...headers, 'content-type': type ?? 'application/json' }, body },
    );
    const answer = await response.text();
    const told = `${[...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${answer}`;
    const problem = /problem\+json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, code: problem ? JSON.parse(answer).code : undefined, text: told };
  };
  /** Sends, and fails the test when the answer is undocumented or tells what its reader may not see. */
  return async (t: Test, who: Who, route: Route, path: string, ids: Ids): Promise<Heard> => {
    const heard = await send(who, route, path, ids);
    const where = `${who.name}: ${route.method} ${path}`;
    if (route.responses[heard.status] === undefined) t.fail(`${where}: ${heard.status} is not documented`);
    if (!who.held.has('rates:read'))
      for (const { what, digits } of sungIn(heard.text, canaries))
        t.fail(`${where} tells the ${what} (${digits}): ${heard.text.slice(0, 2_000)}`);
    return heard;
  };
};

type Listen = ReturnType<typeof listener>;

const kindOf = ({ status, code }: Heard): string => {
  if (code === 'permission-missing' || status === 401) return 'forbidden';
  if (code === 'not-own-time') return 'not one’s own';
  if (status === 404) return 'absent';
  if (status >= 500) return 'fault';
  return status < 300 ? 'done' : 'refused';
};

type Whose = 'own' | 'foreign' | 'absent';

/** What may be heard: nobody gets further than the permission lets them, and what is not theirs is not there. */
const expected = (route: Route, who: Who, whose: Whose, known: Ids): readonly string[] => {
  if (!route.needs.some((each) => who.held.has(each))) return ['forbidden'];
  const { operationId, path } = route;
  const ownOnly = who.specialistId !== undefined;
  if (whose === 'own') {
    const unknown = [...path.matchAll(/\{(\w+Id)\}/g)].some(([, name = '']) => known[name] === undefined);
    // The portal is there for a client's own key alone, and shows that client's projects alone.
    const gone = unknown || MAY_BE_GONE.has(operationId) || path.startsWith('/v1/portal/');
    return ['done', 'refused', ...(gone ? ['absent'] : []), ...(ownOnly ? ['not one’s own'] : [])];
  }
  if (!/\{\w+Id\}/.test(path) || MADE_BY_NAMING.has(operationId)) return ['done', 'refused', 'absent', 'not one’s own'];
  return ownOnly ? ['absent', 'not one’s own'] : ['absent'];
};

const judge = (t: Test, allowed: readonly string[], heard: Heard, where: string): void => {
  if (!allowed.includes(kindOf(heard))) t.fail(`${where}: ${kindOf(heard)}, ${heard.text.slice(0, 1_500)}`);
};

interface World {
  readonly listen: Listen;
  readonly agency: GuardedAgency;
}

const sendOne = async (
  t: Test,
  { listen, agency }: World,
  who: Who,
  whose: Whose,
  asked: { readonly route: Route; readonly ids: Ids; readonly path: string },
): Promise<void> => {
  const { route, ids, path } = asked;
  const heard = await listen(t, who, route, path, ids);
  const where = `${who.name}, ${whose}, ${route.method} ${path}`;
  judge(t, expected(route, who, whose, agency.team), heard, where);
  if (whose === 'foreign' && heard.text.includes(OWN_MARK))
    t.fail(`${where} tells of another tenant: ${heard.text.slice(0, 1_500)}`);
};

/** All of one role's questions; about its own things also with every option. */
const askAll = async (t: Test, world: World, who: Who, whose: Whose, briefly = false): Promise<void> => {
  const { team, solo } = world.agency;
  const asked = questions.flatMap((route) =>
    // Where one person works alone there is something to hide, from whom it is to be hidden.
    (whose === 'own' && !who.held.has('rates:read') ? [team, solo] : [team]).flatMap((ids) => {
      const permitted = route.needs.some((each) => who.held.has(each));
      const ways = askings(who, route, ids).slice(0, whose === 'own' && permitted && !briefly ? undefined : 1);
      return paths(route, whose === 'absent' ? 'absent' : ids).flatMap((path) =>
        ways.map((way) => ({ route, ids, path: way === '' ? path : `${path}?${way}` })),
      );
    }),
  );
  const AT_ONCE = 8;
  for (let from = 0; from < asked.length; from += AT_ONCE)
    await Promise.all(asked.slice(from, from + AT_ONCE).map((each) => sendOne(t, world, who, whose, each)));
};

/** All of one role's commands; what is about things that are there comes before what makes things. */
const commandAll = async (t: Test, world: World, who: Who, whose: Whose): Promise<void> => {
  const { team, solo } = world.agency;
  const named = commands.filter(({ path }) => /\{\w+Id\}/.test(path));
  const makers = commands.filter((route) => !named.includes(route));
  const theirs = named.filter(({ operationId }) => !MADE_BY_NAMING.has(operationId));
  for (const route of whose === 'foreign' ? theirs : [...named, ...makers])
    for (const ids of whose === 'own' ? [team, solo] : [team])
      await sendOne(t, world, who, whose, { route, ids, path: filled(route, whose === 'absent' ? 'absent' : ids) });
};

/** Routes that a specialist may use for their own time alone, with a specialist named in them. */
const ofOwnTime = routes.filter(
  ({ needs, path, operation: { example } }) =>
    needs.includes('time:write-own') && /specialistId/.test(`${path} ${JSON.stringify(example)}`),
);

t.test('every route, every role, one’s own things and others’', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const agency = await guardedAgency(owner, await headroom.as('finance'));
  const { canaries, team } = agency;
  const world = { listen: listener(headroom, canaries), agency };
  const people = await everybody(headroom, 'northlight');
  const stranger = await headroom.as('owner', 'stranger');
  const settings = { name: 'Elsewhere', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  t.equal((await stranger.command('PUT', '/v1/agency', settings)).status, 200);
  const strangers = await everybody(headroom, 'stranger');
  t.ok((await owner.get('/v1/views/finance')).body.items.length === 2, 'everything planted has been folded');

  await t.test('the canaries sing to who may hear them', async (t) => {
    const all = await Promise.all([
      owner.get('/v1/cost-rates?asOf=2026-03-31'),
      owner.get(`/v1/stages/${agency.solo.stageId}/profitability`),
    ]);
    const sung = sungIn(JSON.stringify(all.map(({ body }) => body)), canaries).map(({ what }) => what);
    t.equal(sung.filter((what) => what.endsWith('cost rate')).length, 3);
    t.equal(sung.filter((what) => what.endsWith('one person’s stage')).length, 4);
    const [galina] = canaries.filter(({ what }) => what.startsWith('galina'));
    for (const written of ['3571.9387', '3,571.9387', '3 571,9387', '3\u00a0571,9387', '35719387', '3&nbsp;571,9387'])
      t.strictSame(sungIn(`an hour: ${written} RUB`, canaries), [galina], written);
  });

  for (const who of strangers)
    await t.test(`another tenant’s ${who.name}`, async (t) => {
      await askAll(t, world, who, 'foreign');
      await commandAll(t, world, who, 'foreign');
    });
  for (const who of people)
    await t.test(`questions of ${who.name}`, async (t) => {
      await askAll(t, world, who, 'own');
      await askAll(t, world, who, 'absent');
    });
  const [anna] = people.filter(({ specialistId }) => specialistId === 'anna');
  await t.test('a specialist’s own time is not another’s', async (t) => {
    if (anna === undefined) throw new Error('there is a specialist');
    const ids = { ...team, specialistId: 'boris' };
    t.ok(ofOwnTime.length >= 7, `${ofOwnTime.length} routes`);
    for (const route of ofOwnTime) {
      const path = filled(route, ids);
      const full = route.method === 'GET' && !path.includes('boris') ? `${path}?specialistId=boris` : path;
      const heard = await world.listen(t, anna, route, full, ids);
      t.match(heard.text, /own specialist|own time|not-own-time/, `${route.operationId}: ${heard.status}`);
      t.ok(heard.status >= 400 && heard.status < 500, route.operationId);
    }
    const seen = await fetch(`${headroom.url}/v1/time-entries`, { headers: { authorization: anna.authorization } });
    const { items } = (await seen.json()) as { readonly items: readonly { readonly specialistId: string }[] };
    t.strictSame([...new Set(items.map(({ specialistId }) => specialistId))], ['anna']);
  });
  for (const who of people)
    await t.test(`commands of ${who.name}`, async (t) => {
      await commandAll(t, world, who, 'absent');
      await commandAll(t, world, who, 'own');
    });
  for (const who of people.filter(({ held }) => !held.has('rates:read')))
    await t.test(`questions of ${who.name} when all that was done`, (t) => askAll(t, world, who, 'own', true));
});
