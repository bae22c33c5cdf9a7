import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { z } from 'zod';
import { loadPeople, type Outcome } from './phone-api.ts';
import type { People } from './phone-contract.ts';
import { PhonePage } from './phone-page.tsx';
import { HTML_LANG, readRoute, writeRoute } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

// zod would otherwise try to compile its schemas, which the page's policy forbids
z.config({ jitless: true });

/** How long after a failure the list of people is asked for again. */
const RETRY_MS = 3000;

const route = signal(readRoute(location.hash));
addEventListener('hashchange', () => {
  route.value = readRoute(location.hash);
  scrollTo(0, 0);
});

const people = signal<Outcome<People> | undefined>(undefined);
async function load(): Promise<void> {
  people.value = await loadPeople();
  if (!people.value.ok) setTimeout(() => void load(), RETRY_MS);
}
void load();

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
