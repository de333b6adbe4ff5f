import t from 'tap';
import { RememberedAtPosition } from './remembered-at-position.ts';

t.test('an answer lasts until something is written', async (t) => {
  const answers = new RememberedAtPosition<{ readonly knownAt: number }>();
  t.equal(answers.at('review of March', 7), undefined);
  const answer = answers.keep('review of March', { knownAt: 7 });
  t.equal(answers.at('review of March', 7), answer, 'the same object');
  t.equal(answers.at('review of April', 7), undefined);
  t.equal(answers.at('review of March', 8), undefined, 'the log has moved on');
  t.equal(answers.at('review of March', 6), undefined);
  const later = answers.keep('review of March', { knownAt: 8 });
  t.equal(answers.at('review of March', 8), later);
});

t.test('of too many the oldest are forgotten', async (t) => {
  const answers = new RememberedAtPosition<{ readonly knownAt: number }>();
  for (let number = 0; number <= 100; number += 1) answers.keep(`question ${number}`, { knownAt: 1 });
  t.equal(answers.at('question 0', 1), undefined);
  t.ok(answers.at('question 1', 1));
  t.ok(answers.at('question 100', 1));
});
