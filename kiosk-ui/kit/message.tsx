import { Icon, type IconName } from './icon.tsx';

export interface MessageProps {
  readonly icon: IconName;
  readonly headline: string;
  readonly sentence: string;
  readonly todo?: string;
}

/** A screen that only says something: what is going on, and what it means for the person in front of it. */
export function Message({ icon, headline, sentence, todo }: MessageProps) {
  return (
    <div class="message" role="status">
      <span class="message-seal">
        <Icon name={icon} />
      </span>
      <h1>{headline}</h1>
      <p class="lead">{sentence}</p>
      {todo && <p class="message-todo">{todo}</p>}
    </div>
  );
}
