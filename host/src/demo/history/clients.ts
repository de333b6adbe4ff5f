import { categories } from '@headroom/contracts/events';
import { monthOf } from '@headroom/kernel';
import type { Recorder } from './recorder.ts';
import { rub, type World } from './world.ts';

const LONGEST_LIST = 200;

const recordContacts = ({ random, clients, projects, specialists, today }: World, recorder: Recorder): void => {
  for (let n = Math.round(specialists.length * 0.22); n > 0; n -= 1) {
    const clientId = random.pick(clients);
    const project = random.chance(0.7) ? projects.find((one) => one.clientId === clientId) : undefined;
    const contact = {
      interactionId: random.id(),
      clientId,
      projectId: project?.projectId ?? null,
      channel: random.pick(['call', 'email', 'chat', 'meeting'] as const),
      direction: random.chance(0.6) ? ('inbound' as const) : ('outbound' as const),
      occurredAt: `${today}T${random.integer(10, 18)}:${random.integer(10, 59)}:00+03:00`,
      occurredOn: today,
      seconds: random.integer(1, 30) * 60,
      planned: random.chance(0.4),
      note: random.chance(0.5) ? 'Asked when it will be ready' : null,
    };
    recorder.record(
      categories.interactions,
      [clientId, monthOf(today)],
      [{ type: 'InteractionLogged', data: contact }],
    );
  }
};

const recordRequests = (world: World, recorder: Recorder): void => {
  const { random, stages, requests, openPayments, specialists, today } = world;
  for (let n = Math.round(specialists.length * 0.02); n > 0; n -= 1) {
    const stage = random.pick(stages);
    const { stageId, projectId, clientId } = stage.ids;
    const requestId = random.id();
    const scope = random.pick(['in-scope', 'out-of-scope', 'unclear'] as const);
    const links = { requestId, clientId, projectId, stageId };
    const asked = {
      askedBy: 'Vera Orlova',
      channel: 'chat',
      askedAt: `${today}T11:05:00+03:00`,
      askedOn: today,
    } as const;
    recorder.record(
      categories.request,
      [requestId],
      [
        { type: 'ClientRequestRegistered', data: { ...links, ...asked, words: 'Could you also change the font?' } },
        {
          type: 'RequestClassified',
          data: { ...links, scope, rationale: 'See the contract', contractClause: '2.3', classifiedOn: today },
        },
      ],
    );
    requests.push({ requestId, stage });
    if (requests.length > LONGEST_LIST) requests.shift();
    if (scope === 'in-scope') continue;
    const payment = { extraPaymentId: random.id(), requestId, ids: stage.ids };
    openPayments.push({ ...payment, amountMinor: random.integer(100_000, 4_000_000) });
  }
};

const recordPayments = (world: World, recorder: Recorder): void => {
  const { random, openPayments, today } = world;
  for (const { extraPaymentId, requestId, ids, amountMinor } of openPayments.splice(0)) {
    const links = { extraPaymentId, requestId, ...ids };
    const sums = { amount: rub(amountMinor), estimatedCost: rub(Math.round(amountMinor * 0.6)) };
    const evidence = [{ kind: 'request' as const, ref: requestId, note: null }];
    const unseen = evidence.map((each) => ({ ...each, shown: null }));
    const proposed = { ...links, ...sums, proposedOn: today, evidence: unseen };
    const proof = { evidence, agreedAt: null, attachment: null, portalKey: null, disputeId: null };
    const answer = random.chance(0.7)
      ? ({
          type: 'ExtraPaymentAgreed',
          data: { ...links, ...sums, agreedOn: today, agreedBy: 'Vera Orlova', channel: 'email', ...proof },
        } as const)
      : ({
          type: 'ExtraPaymentDeclined',
          data: { ...links, amount: sums.amount, declinedOn: today, declinedBy: 'Vera Orlova', words: null },
        } as const);
    recorder.record(
      categories.extraPayment,
      [extraPaymentId],
      [{ type: 'ExtraPaymentProposed', data: proposed }, answer],
    );
  }
};

/** What happens between the agency and its clients on a day. */
export const recordClientDay = (world: World, recorder: Recorder): void => {
  recordPayments(world, recorder);
  recordContacts(world, recorder);
  recordRequests(world, recorder);
};
