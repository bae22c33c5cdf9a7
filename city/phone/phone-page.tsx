import { Icon } from '../../kiosk-ui/kit/icon.tsx';
import { Mark } from '../../kiosk-ui/kit/mark.tsx';
import { CodeScreen } from './code-screen.tsx';
import { PeopleScreen } from './people-screen.tsx';
import type { Outcome } from './phone-api.ts';
import type { People } from './phone-contract.ts';
import type { PhoneRoute } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';
import { WalletScreen } from './wallet-screen.tsx';

export interface PhonePageProps {
  readonly route: PhoneRoute;
  /** undefined until the first answer. */
  readonly people: Outcome<People> | undefined;
  readonly onRoute: (route: PhoneRoute) => void;
}

/** A citizen's app: whose phone, which licence, its code. */
export function PhonePage({ route, people, onRoute }: PhonePageProps) {
  const { language } = route;
  const words = PHONE_WORDS[language];
  return (
    <div class="phone">
      <TopBar route={route} onRoute={onRoute} />
      <p class="demonstration">
        <Icon name="attention" />
        {words.demonstration}
      </p>
      <main class="phone-main">
        {people?.ok ? (
          <Screen route={route} people={people.value} onRoute={onRoute} />
        ) : (
          <p class="phone-wait" role="status">
            {people ? words.fault[people.fault] : words.loading}
          </p>
        )}
      </main>
    </div>
  );
}

function Screen({ route, people, onRoute }: Omit<PhonePageProps, 'people'> & { readonly people: People }) {
  const { language } = route;
  const person = people.people.find((one) => one.id === route.person);
  if (!person) {
    return (
      <PeopleScreen
        people={people.people}
        language={language}
        onPick={(id) => onRoute({ language, person: id })}
      />
    );
  }
  const licence = person.licences.find((one) => one.id === route.licence);
  if (!licence) {
    return (
      <WalletScreen
        person={person}
        language={language}
        onPick={(id) => onRoute({ language, person: person.id, licence: id })}
      />
    );
  }
  return <CodeScreen key={licence.id} licence={licence} language={language} canScan={people.canScan} />;
}

function TopBar({ route, onRoute }: Pick<PhonePageProps, 'route' | 'onRoute'>) {
  const { language, person, licence } = route;
  const words = PHONE_WORDS[language];
  return (
    <header class="phone-bar">
      {person ? (
        <button
          type="button"
          class="bar-button bar-back"
          aria-label={words.back}
          onClick={() => onRoute(licence ? { language, person } : { language })}
        >
          <Icon name="onward" />
        </button>
      ) : (
        <Mark />
      )}
      <span class="phone-title">{words.title}</span>
      <button
        type="button"
        class="bar-button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => onRoute({ ...route, language: language === 'zh' ? 'en' : 'zh' })}
      >
        {words.otherLanguage}
      </button>
    </header>
  );
}
