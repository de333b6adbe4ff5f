import fc from 'fast-check';
import t from 'tap';
import { fieldKeyOf, openField, openWithFieldKey, sealField } from './field-cipher.ts';
import { parseToken, subjectOfToken } from './token.ts';

const key = Buffer.alloc(32, 7);
const place = { eventId: '0198c0de-0000-7000-8000-000000000001', pointer: '/data/name' };

t.test('whatever was sealed opens again, with the subject’s key or with the field’s', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, pointer) => {
      const token = sealField('specialist:a.b:c', key, { ...place, pointer }, text);
      const again = sealField('specialist:a.b:c', key, { ...place, pointer }, text);
      const byField = openWithFieldKey(fieldKeyOf(key, parseToken(token).locator), token);
      return (
        token === again &&
        subjectOfToken(token) === 'specialist:a.b:c' &&
        openField(key, token) === text &&
        byField === text
      );
    }),
  );
  t.equal(openField(key, sealField('contact:1', key, place, '\ud83d')), '\ud83d', 'also half a surrogate pair');
});

t.test('nothing else opens it', async (t) => {
  const token = sealField('contact:1', key, place, 'Vera Orlova');
  const other = sealField('contact:1', key, { ...place, pointer: '/data/words' }, 'Vera Orlova');
  t.not(token, other, 'the same text elsewhere cannot be told to be the same');
  t.equal(openField(Buffer.alloc(32, 8), token), undefined, 'another subject’s key');
  t.equal(openWithFieldKey(fieldKeyOf(key, parseToken(other).locator), token), undefined, 'another field’s key');
  t.equal(openField(key, token.replace('contact:1', 'contact:2')), undefined, 'another subject’s name on it');
  for (const at of [30, 45, token.length - 2]) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    t.equal(openField(key, changed), undefined, `changed at ${at}`);
  }
  for (const broken of ['enc:v1:', 'enc:v1:contact:1:', 'enc:v1:contact:1:AAAA']) {
    t.equal(openField(key, broken), undefined, broken);
  }
});
