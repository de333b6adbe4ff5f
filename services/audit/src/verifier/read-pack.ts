import { PACK_FORM, type Pack, packText } from './pack.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isShown = (value: unknown): boolean =>
  isRecord(value) &&
  Object.values(value).every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string');

const isEvent = (value: unknown): boolean =>
  isRecord(value) &&
  Object.keys(value).join() === 'n,leaf,shown,path' &&
  isSize(value.n) &&
  typeof value.leaf === 'string' &&
  isShown(value.shown) &&
  isTexts(value.path);

const isEarlier = (value: unknown): boolean =>
  value === null ||
  (isRecord(value) &&
    Object.keys(value).join() === 'size,root,path' &&
    isSize(value.size) &&
    typeof value.root === 'string' &&
    isTexts(value.path));

const isDisclosure = (value: unknown): boolean =>
  isRecord(value) && Object.keys(value).join() === 'n,path,key' && isSize(value.n) && isTexts([value.path, value.key]);

const KINDS: readonly unknown[] = ['request', 'extra-payment', 'dispute', 'command'];

const isSubject = (value: unknown): boolean =>
  isRecord(value) &&
  Object.keys(value).join() === 'kind,id' &&
  KINDS.includes(value.kind) &&
  typeof value.id === 'string';

const MEMBERS = 'form,subject,statement,events,checkpoint,earlier,publicKey,disclosures,seal';

const isPack = (value: unknown): value is Pack =>
  isRecord(value) &&
  Object.keys(value).join() === MEMBERS &&
  isSubject(value.subject) &&
  isRecord(value.statement) &&
  Array.isArray(value.events) &&
  value.events.every(isEvent) &&
  isEarlier(value.earlier) &&
  Array.isArray(value.disclosures) &&
  value.disclosures.every(isDisclosure) &&
  isTexts([value.checkpoint, value.publicKey, value.seal]);

/** The pack in a file, or why it is none. Every byte counts: the file must be just as it was written. */
export const readPack = (file: Uint8Array): Pack | string => {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(file);
    value = JSON.parse(text);
  } catch {
    return 'The file is not JSON in UTF-8: it is no evidence pack, or it was damaged.';
  }
  if (!isRecord(value) || typeof value.form !== 'string') return 'The file is not an evidence pack.';
  if (value.form !== PACK_FORM) return `The pack has the form ${value.form}; this verifier knows ${PACK_FORM} alone.`;
  if (!isPack(value)) return 'The pack lacks a part, or has one that does not belong there.';
  return packText(value) === text ? value : 'The file was written anew since it was made: its bytes are others.';
};
