import type { NewEvent, StoredEvent } from '@headroom/event-store';
import { sealField } from './field-cipher.ts';
import type { Reveal } from './known-texts.ts';
import { type PersonalField, type PersonalFields, withChanged } from './personal-fields.ts';
import { ERASED, isToken } from './token.ts';
import type { HeldKey, Vault } from './vault.ts';

/** The fields of an event that the event tells an owner of, with the owners' keys. */
const heldFields = async (vault: Vault, { data, meta: { tenantId } }: NewEvent, fields: readonly PersonalField[]) => {
  const held: { readonly path: readonly string[]; readonly by: HeldKey }[] = [];
  for (const { path, person } of fields) {
    const owner = person(data);
    if (owner !== undefined) held.push({ path, by: await vault.keyFor(tenantId, owner) });
  }
  return held;
};

/** The event with its personal texts encrypted; what belongs to somebody who was erased is not taken down at all. */
export const sealedEvent = async (vault: Vault, personal: PersonalFields, event: NewEvent): Promise<NewEvent> => {
  const fields = personal(event.type);
  if (fields === undefined) return event;
  const { id, type } = event;
  let content: Pick<NewEvent, 'data' | 'meta'> = event;
  for (const { path, by } of await heldFields(vault, event, fields)) {
    content = withChanged(content, path, (text, pointer) => {
      if (text === ERASED) return text;
      return by.key === null ? ERASED : sealField(by.subjectId, by.key, { eventId: id, pointer }, text);
    });
  }
  return { id, type, data: content.data, meta: content.meta };
};

/** The tokens in the personal fields of an event; none in one that was stored before there was a vault. */
export const tokensOf = (personal: PersonalFields, event: Pick<StoredEvent, 'type' | 'data' | 'meta'>): string[] => {
  const tokens: string[] = [];
  for (const { path } of personal(event.type) ?? []) {
    withChanged(event, path, (text) => {
      if (isToken(text)) tokens.push(text);
      return text;
    });
  }
  return tokens;
};

/** The event as it can be read: its tokens are texts again, or `[erased]`. */
export const revealedEvent = (personal: PersonalFields, event: StoredEvent, reveal: Reveal): StoredEvent => {
  const { position, streamId, revision, recordedAt, id, type } = event;
  let content: Pick<NewEvent, 'data' | 'meta'> = event;
  for (const { path } of personal(type) ?? []) content = withChanged(content, path, reveal);
  return { position, streamId, revision, recordedAt, id, type, data: content.data, meta: content.meta };
};
