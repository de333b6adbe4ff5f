import { allEvents } from '@headroom/contracts/events';
import { storedTypesOf } from '@headroom/contracts/events/upcast';
import type { EventStore, JsonObject } from '@headroom/event-store';
import { forgetSpecialist } from '@headroom/http';
import { forgetText } from '@headroom/operations';
import type { createPool } from '@headroom/postgres';
import {
  createSubjectDesk,
  MasterKey,
  openVault,
  privateStore,
  type Subject,
  type SubjectDesk,
  settleErasures,
  type Vault,
} from '@headroom/privacy';
import { personalFields } from './personal-fields.ts';

type Pool = ReturnType<typeof createPool>;

export interface Privacy {
  readonly vault: Vault;
  readonly subjects: SubjectDesk;
  /** The log for those who may read and write what is personal. */
  readonly store: EventStore;
}

const everyType = storedTypesOf(new Set(allEvents.map(({ name }) => name)));

/** Members of events that name a specialist, and those that hold an entry which does. */
const NAMING = ['specialistId', 'managerId', 'previousManagerId', 'backupManagerId', 'arbiterId'];
const HOLDING = ['entry', 'before', 'after'];

type Members = Readonly<Record<string, unknown>>;

/** The rates that a change of several people's sets for this one. */
const ownChanges = ({ about }: Subject, { changes }: JsonObject): JsonObject[] =>
  (Array.isArray(changes) ? (changes as JsonObject[]) : []).filter((each) => each.specialistId === about.specialistId);

const concerns = (subject: Subject, { data }: { readonly data: JsonObject }): boolean => {
  const { specialistId } = subject.about;
  if (specialistId === undefined) return false;
  if (ownChanges(subject, data).length > 0) return true;
  if (NAMING.some((name) => data[name] === specialistId)) return true;
  return HOLDING.some((name) => (data[name] as Members | null | undefined)?.specialistId === specialistId);
};

/** Rates of other people, and what a change did to the agency's months, are nobody's to take along. */
const portion = (subject: Subject, { data }: { readonly data: JsonObject }): JsonObject => {
  if (data.changes === undefined) return data;
  const { restatements: _, figuresAt: __, ...said } = data;
  return { ...said, changes: ownChanges(subject, data) };
};

/** Beside the log, names stand in what imports told of, and with the keys that were made for a person. */
const forget =
  (pool: Pool) =>
  async (tenantId: string, { label, about, erasedAt }: Subject): Promise<void> => {
    if (label !== null && erasedAt === null) await forgetText(pool, tenantId, label);
    if (about.specialistId !== undefined) await forgetSpecialist(pool, tenantId, about.specialistId);
  };

/**
 * Opens the vault and what stands before it, and carries out the erasures that a process died over. `store` is the log as
 * it is kept. Throws `InvalidMasterKey` and `WrongMasterKey`.
 */
export const openPrivacy = async (pool: Pool, store: EventStore, masterKey: string): Promise<Privacy> => {
  const vault = await openVault(pool, new MasterKey(masterKey));
  const subjects = createSubjectDesk({
    vault,
    store,
    personal: personalFields,
    types: everyType,
    concerns,
    portion,
    forget: forget(pool),
  });
  await settleErasures({
    pool,
    store,
    type: 'SubjectErased',
    subjectOf: ({ subjectId }) => String(subjectId),
    erase: subjects.erase,
  });
  return { vault, subjects, store: privateStore(store, vault, personalFields) };
};
