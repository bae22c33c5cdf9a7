import type { PhoneDelegation } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';
import { PHONE_WORDS } from './phone-words.ts';

export interface DelegationNoteProps {
  readonly delegation: PhoneDelegation;
  readonly language: PhoneLanguage;
}

/** For whom the phone's owner shows the licence, and how far that goes. */
export function DelegationNote({ delegation, language }: DelegationNoteProps) {
  const { principal, kind, service, validTo } = delegation;
  const words = PHONE_WORDS[language];
  return (
    <div class="delegation">
      <strong>{words.actsFor(principal)}</strong>
      <span class="soft">{words.scope(kind?.[language], service?.[language])}</span>
      <span class="soft">{words.delegatedTo(validTo)}</span>
    </div>
  );
}
