import type { Language, View } from '../../terminal/contract.ts';
import { Icon } from './icon.tsx';

export interface ServiceNoticeProps {
  readonly view?: View | undefined;
  readonly language: Language;
}

/** The sentence a service wants in view of whoever checks, on every screen of it. */
export function ServiceNotice({ view, language }: ServiceNoticeProps) {
  const notice = view?.service.notice;
  if (!notice) return null;
  return (
    <p class="service-notice">
      <Icon name="attention" />
      {notice[language]}
    </p>
  );
}
