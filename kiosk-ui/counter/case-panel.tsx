import { type Language, type ShownCase, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';

export interface CasePanelProps {
  readonly shownCase: ShownCase;
  readonly language: Language;
}

/** The open case as a checklist: the licences it holds, and what its matter still needs. */
export function CasePanel({ shownCase, language }: CasePanelProps) {
  const words = wording[language].desk.case;
  const { matter, licences, lacks } = shownCase;
  return (
    <section class="case-panel">
      <h2>{matter ? matter[language] : words.titleWithoutMatter}</h2>
      <p class="case-count">{licences.length === 0 ? words.noLicence : words.licences(licences.length)}</p>
      <ul>
        {licences.map(({ number, kind, holder }) => (
          <li key={number} class="case-have">
            <Icon name="accepted" />
            <span class="for-screen-readers">{words.have}</span>
            <span>{kind[language]}</span>
            <small>{holder.map(({ value }) => value).join(' · ')}</small>
          </li>
        ))}
        {lacks.map((lacking) => (
          <li key={lacking.zh} class="case-missing">
            <Icon name="missing" />
            <span>{lacking[language]}</span>
            <strong>{words.missing}</strong>
          </li>
        ))}
      </ul>
      {matter && lacks.length === 0 && <p class="case-complete">{words.complete}</p>}
    </section>
  );
}
