import type { CommandContext, Commands, Outcome } from '@headroom/commanding';
import { type DomainEvent, derivedId } from '@headroom/kernel';
import { decidePlan } from '../../decisions/plan-stage.ts';
import { decideOpen } from '../../decisions/project.ts';
import { decideStart } from '../../decisions/stage-life.ts';
import {
  agencyStreamId,
  clientStreamId,
  projectStreamId,
  specialistStreamId,
  stageStreamId,
} from '../../events/streams.ts';
import type { Newcomers } from '../../imports/index.ts';
import { agencyKind, clientKind, projectKind, specialistKind, stageKind } from '../kinds.ts';
import type { ImportDeps, ImportRequest } from './import-request.ts';

type Brought<Things> = Things extends readonly (infer Thing)[] ? Thing : never;
type NewProject = Brought<Newcomers['projects']>;
type NewStage = Brought<Newcomers['stages']>;

/** Something could not be created, although nothing like it was there; the import goes no further. */
export class NewcomerRefused extends Error {
  override readonly name = 'NewcomerRefused';
  readonly code: string;
  constructor(what: string, code: string) {
    super(`${what} could not be created: ${code}`);
    this.code = code;
  }
}

/** A newcomer is made once, by whichever import comes first: its key and fingerprint are made of its id alone. */
const contextOf = ({ context }: ImportRequest, id: string, act: string): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return { ...rest, commandKey: `import-${act}:${id}`, fingerprint: derivedId('import', act, id) };
};

const mustBeDone = (what: string, code: string | undefined): void => {
  if (code !== undefined) throw new NewcomerRefused(what, code);
};

const codeOf = (outcome: Outcome<DomainEvent, string>): string | undefined => {
  if (outcome.kind === 'accepted') return undefined;
  return outcome.kind === 'refused' ? outcome.code : outcome.kind;
};

const openProject = async (commands: Commands, request: ImportRequest, project: NewProject) => {
  const { tenantId } = request.context;
  const { id: projectId, name, clientId, firstDay = '', externalRef } = project;
  const managerId = request.options.newProjectsManagerId ?? '';
  const [client, manager] = await Promise.all([
    commands.state(clientKind, clientStreamId(tenantId, clientId)),
    commands.state(specialistKind, specialistStreamId(tenantId, managerId)),
  ]);
  const command = { projectId, clientId, name, managerId, openedOn: firstDay, externalRef: externalRef ?? undefined };
  return commands.execute({
    kind: projectKind,
    streamId: projectStreamId(tenantId, projectId),
    context: contextOf(request, projectId, 'project'),
    decide: (state) => decideOpen(command, state, { client: client.state, manager: manager.state }),
  });
};

/** Where nothing is planned no rate matters. */
const NO_RATES = { rates: new Map<string, string>(), prices: new Map<string, string>() };

/** Nobody has planned or priced the stage: it begins with the first hours and without planned work, billed by time. */
const planStage = async (commands: Commands, request: ImportRequest, stage: NewStage) => {
  const { tenantId } = request.context;
  const { id: stageId, name, projectId, firstDay } = stage;
  const [agency, project] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    commands.state(projectKind, projectStreamId(tenantId, projectId)),
  ]);
  const billing = { kind: 'time-and-materials' as const, cap: null };
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(tenantId, stageId),
    context: contextOf(request, stageId, 'stage'),
    decide: (state) =>
      decidePlan({ stageId, projectId, name, billing, plannedWork: [], startsOn: firstDay }, state, {
        agency: agency.state,
        project: project.state,
        ...NO_RATES,
      }),
  });
};

const startStage = (commands: Commands, request: ImportRequest, { id: stageId, firstDay = '' }: NewStage) =>
  commands.execute({
    kind: stageKind,
    streamId: stageStreamId(request.context.tenantId, stageId),
    context: contextOf(request, stageId, 'stage-start'),
    decide: (state) => decideStart({ startedOn: firstDay }, state, NO_RATES),
  });

const TOGETHER = 100;

/** Does something with each, a few at a time. */
const each = async <Thing>(things: readonly Thing[], act: (thing: Thing) => Promise<void>): Promise<void> => {
  for (let start = 0; start < things.length; start += TOGETHER)
    await Promise.all(things.slice(start, start + TOGETHER).map(act));
};

/**
 * Creates what the rows need and the agency does not know: people, clients, projects, and stages that are under way.
 * Whatever was created before, by this import or another, is left as it is. Throws `NewcomerRefused`.
 */
export const bringNewcomers = async (
  { commands, newcomers: other }: ImportDeps,
  request: ImportRequest,
  { people, clients, projects, stages }: Newcomers,
): Promise<void> => {
  const { newPeople } = request.options;
  await each(people, async ({ id, name, externalRef }) => {
    const person = { specialistId: id, name, role: newPeople?.role ?? '', kind: newPeople?.kind ?? 'employee' };
    const code = await other.addSpecialist(contextOf(request, id, 'person'), {
      ...person,
      externalRef: externalRef ?? undefined,
    });
    mustBeDone(name, code);
  });
  await each(clients, async ({ id, name, firstDay = '' }) =>
    mustBeDone(
      name,
      await other.registerClient(contextOf(request, id, 'client'), { clientId: id, name, since: firstDay }),
    ),
  );
  await each(projects, async (project) =>
    mustBeDone(project.name, codeOf(await openProject(commands, request, project))),
  );
  await each(stages, async (stage) => {
    mustBeDone(stage.name, codeOf(await planStage(commands, request, stage)));
    mustBeDone(stage.name, codeOf(await startStage(commands, request, stage)));
  });
};
