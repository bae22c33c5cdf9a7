import { Icon } from '../../kiosk-ui/kit/icon.tsx';
import type { PhonePerson } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

export interface PeopleScreenProps {
  readonly people: readonly PhonePerson[];
  readonly language: PhoneLanguage;
  readonly onPick: (person: string) => void;
}

/** Whose phone it is. */
export function PeopleScreen({ people, language, onPick }: PeopleScreenProps) {
  const words = PHONE_WORDS[language];
  return (
    <>
      <h1>{words.whose}</h1>
      <ul class="people">
        {people.map(({ id, names, about, licences }) => (
          <li key={id}>
            <button type="button" class="person" data-person={id} onClick={() => onPick(id)}>
              <span class="portrait" aria-hidden="true">
                {[...names[language]][0]}
              </span>
              <span class="person-words">
                <span>
                  <span class="person-name">{names[language]}</span>{' '}
                  <span class="soft">{words.licences(licences.length)}</span>
                </span>
                <span class="soft">{about[language]}</span>
              </span>
              <Icon name="onward" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
