import { Chip } from './condition.tsx';
import type { PhonePerson } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

export interface WalletScreenProps {
  readonly person: PhonePerson;
  readonly language: PhoneLanguage;
  readonly onPick: (licence: string) => void;
}

/** The licences in one person's phone. */
export function WalletScreen({ person, language, onPick }: WalletScreenProps) {
  const words = PHONE_WORDS[language];
  return (
    <>
      <h1>{person.names[language]}</h1>
      <p class="soft">{person.about[language]}</p>
      {person.lookUps.map(({ number, holder, service }) => (
        <p class="soft" key={number + service.en}>
          {words.lookUp(holder, service[language])} <code data-number={number}>{number}</code>
        </p>
      ))}
      <ul class="wallet">
        {person.licences.map(({ id, kind, issuer, condition, delegation, validFrom, validTo }) => (
          <li key={id}>
            <button type="button" class="licence" data-licence={id} onClick={() => onPick(id)}>
              <span class="licence-kind">{kind[language]}</span>
              <Chip condition={condition} language={language} />
              {delegation && (
                <span class="licence-principal">
                  <span class="tag">{words.delegated}</span> {delegation.principal}
                </span>
              )}
              <span class="soft licence-issuer">{issuer[language]}</span>
              <span class="soft licence-period">{words.period(validFrom, validTo)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
