import { type Face, type Language, type View, wording } from '../../terminal/contract.ts';
import { Icon } from './icon.tsx';
import { refusalWords } from './refusal-words.ts';
import type { Remark } from './terminal-page.tsx';

export interface NoticesProps {
  readonly face: Face;
  readonly language: Language;
  readonly view?: View | undefined;
  readonly remark?: Remark | undefined;
}

/** Small banners over a working screen: what is degraded, and what just went wrong. */
export function Notices({ face, language, view, remark }: NoticesProps) {
  const words = wording[language];
  return (
    <div class="notices" role="status">
      {remark && (
        <p class="notice notice-remark">
          <Icon name="attention" />
          {typeof remark === 'string' ? words[remark] : refusalWords(face, language, remark)}
        </p>
      )}
      {view && !view.city.connected && (
        <p class="notice">
          <Icon name="disconnected" />
          {words.cityNotConnected}
        </p>
      )}
    </div>
  );
}
