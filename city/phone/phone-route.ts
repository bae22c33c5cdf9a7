/** Where the page is: all of it stands in the address, so the phone's back button and a reload just work. */
export interface PhoneRoute {
  readonly language: PhoneLanguage;
  readonly person?: string;
  readonly licence?: string;
}

export type PhoneLanguage = 'zh' | 'en';

export const HTML_LANG = { zh: 'zh-CN', en: 'en' } as const satisfies Record<PhoneLanguage, string>;

/** @param hash `#zh`, `#en/person` or `#zh/person/licence`; anything else is the list of people in Chinese. */
export function readRoute(hash: string): PhoneRoute {
  const [language, person, licence] = hash.replace(/^#/, '').split('/');
  return {
    language: language === 'en' ? 'en' : 'zh',
    ...(person ? { person } : {}),
    ...(person && licence ? { licence } : {}),
  };
}

export function writeRoute({ language, person, licence }: PhoneRoute): string {
  return `#${[language, person, licence].filter((part) => part !== undefined).join('/')}`;
}
