import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { z } from 'zod';
import { followPeople } from './follow-people.ts';
import type { Outcome } from './phone-api.ts';
import type { People } from './phone-contract.ts';
import { PhonePage } from './phone-page.tsx';
import { HTML_LANG, readRoute, writeRoute } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

// zod would otherwise try to compile its schemas, which the page's policy forbids
z.config({ jitless: true });

const route = signal(readRoute(location.hash));
addEventListener('hashchange', () => {
  route.value = readRoute(location.hash);
  scrollTo(0, 0);
});

const people = signal<Outcome<People> | undefined>(undefined);
const visit = followPeople((next) => {
  people.value = next;
});

effect(() => visit(route.value));
effect(() => {
  const { language } = route.value;
  document.documentElement.lang = HTML_LANG[language];
  document.title = PHONE_WORDS[language].title;
});
effect(() => {
  render(
    <PhonePage
      route={route.value}
      people={people.value}
      onRoute={(next) => {
        location.hash = writeRoute(next);
      }}
    />,
    document.body,
  );
});
