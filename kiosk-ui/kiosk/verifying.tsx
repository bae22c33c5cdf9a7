import { type Language, wording } from '../../terminal/contract.ts';
import { Rosette } from '../kit/rosette.tsx';

/** The moment between the scan and the answer. */
export function Verifying({ language }: { readonly language: Language }) {
  const words = wording[language].verifying;
  return (
    <div class="verifying" role="status">
      <div class="verifying-mark">
        <Rosette />
        <svg class="verifying-sweep" viewBox="0 0 100 100" aria-hidden="true">
          <circle cx="50" cy="50" r="30" />
          <path d="M50 20a30 30 0 0 1 30 30" />
        </svg>
      </div>
      <h1>{words.headline}</h1>
      <p class="lead">{words.sentence}</p>
    </div>
  );
}
