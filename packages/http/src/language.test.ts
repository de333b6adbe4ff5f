import t from 'tap';
import { preferredLanguage } from './language.ts';

t.test('the language wished for most among those that there are', async (t) => {
  const language = (header?: string) => preferredLanguage(header, ['en', 'ru']);
  t.equal(language(), 'en');
  t.equal(language('ru'), 'ru');
  t.equal(language('ru-RU,ru;q=0.9,en;q=0.8'), 'ru');
  t.equal(language('de, ru;q=0.5, en;q=0.4'), 'ru', 'German is not there');
  t.equal(language('en;q=0.2, ru;q=0.7'), 'ru', 'by weight, not by place');
  t.equal(language('ru;q=0, *'), 'en', 'refused');
  t.equal(language('nonsense;;;=,'), 'en');
});
