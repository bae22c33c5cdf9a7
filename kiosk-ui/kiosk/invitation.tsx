import { type Language, wording } from '../../terminal/contract.ts';
import { Icon } from '../kit/icon.tsx';
import { Rosette } from '../kit/rosette.tsx';
import { HoldHere } from './hold-here.tsx';

/** Asks for a code and shows how to hold it. */
export function Invitation({ language }: { readonly language: Language }) {
  const words = wording[language];
  return (
    <div class="invitation">
      <Rosette />
      <h1>
        {words.inviting.headline.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </h1>
      <HoldHere distance={words.inviting.distance} described={words.inviting.drawing} />
      <ul class="hints">
        <li>
          <Icon name="distance" />
          {words.inviting.hold}
        </li>
        <li>
          <Icon name="brightness" />
          {words.inviting.brightness}
        </li>
        <li>
          <Icon name="no-screenshot" />
          {words.inviting.noScreenshots}
        </li>
      </ul>
      <p class="way-out">
        <Icon name="staffed-counter" />
        {words.inviting.help}
      </p>
    </div>
  );
}
