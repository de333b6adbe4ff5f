import { allEvents } from '@headroom/contracts/events';
import { type TextClasses, type TextPointer, textClasses, type Whose } from '@headroom/contracts/events/personal';
import { storedTypesOf } from '@headroom/contracts/events/upcast';
import type { JsonObject } from '@headroom/event-store';
import { normalisedName, type Person, type PersonalField, type PersonalFields } from '@headroom/privacy';

const textAt = (data: JsonObject, pointer: TextPointer): string | undefined => {
  const value = data[pointer.slice(1)];
  return typeof value === 'string' ? value : undefined;
};

const specialist = (data: JsonObject, { specialistId, name }: Extract<Whose, { of: 'specialist' }>) => {
  const id = textAt(data, specialistId);
  if (id === undefined) return undefined;
  const label = name === undefined ? null : (textAt(data, name) ?? null);
  return { kind: 'specialist', key: [id], id, about: { specialistId: id }, label };
};

const contact = (data: JsonObject, { clientId, name }: Extract<Whose, { of: 'contact' }>) => {
  const client = textAt(data, clientId);
  const label = textAt(data, name);
  if (client === undefined || label === undefined) return undefined;
  return { kind: 'contact', key: [client, normalisedName(label)], about: { clientId: client }, label };
};

const personOf = (whose: Whose, data: JsonObject): Person | undefined => {
  if (whose.of === 'specialist') return specialist(data, whose);
  if (whose.of === 'contact') return contact(data, whose);
  const clientId = textAt(data, whose.clientId);
  return clientId === undefined ? undefined : { kind: 'contacts', key: [clientId], about: { clientId }, label: null };
};

const pathOf = (pointer: string): string[] =>
  pointer === 'reason' ? ['meta', 'reason'] : ['data', ...pointer.slice(1).split('/')];

const fieldsOf = (classes: TextClasses): PersonalField[] =>
  Object.entries(classes).flatMap(([pointer, whose]) =>
    typeof whose === 'object' ? [{ path: pathOf(pointer), person: (data: JsonObject) => personOf(whose, data) }] : [],
  );

const byStoredType = new Map<string, readonly PersonalField[]>();
for (const { name } of allEvents) {
  const fields = fieldsOf(textClasses[name]);
  if (fields.length > 0) for (const type of storedTypesOf(new Set([name]))) byStoredType.set(type, fields);
}

/** The personal fields of events, as the published language declares them. */
export const personalFields: PersonalFields = (storedType) => byStoredType.get(storedType);
