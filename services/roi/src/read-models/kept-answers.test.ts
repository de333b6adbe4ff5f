import t from 'tap';
import { KeptAnswers } from './kept-answers.ts';

t.test('an answer is kept while the log stands where it stood', async (t) => {
  const kept = new KeptAnswers<{ readonly roi: string }>(2);
  const body = { roi: '0.25' };
  kept.keep('flora', 7, body);
  t.equal(kept.find('flora', 7), body, 'the very same object');
  t.equal(kept.find('flora', 8), undefined, 'the log has moved on');
  t.equal(kept.find('granit', 7), undefined);
  kept.keep('granit', 7, body);
  kept.find('flora', 7);
  kept.keep('butovo', 7, body);
  t.equal(kept.find('granit', 7), undefined, 'the one not asked for longest goes first');
  t.equal(kept.find('flora', 7), body);
  kept.keep('flora', 8, { roi: '0.3' });
  t.match(kept.find('flora', 8), { roi: '0.3' });
});
