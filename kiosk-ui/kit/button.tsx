import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  /** Left out of a button that submits its form. */
  readonly onPress?: () => void;
  readonly submits?: boolean;
  readonly disabled?: boolean;
  /** One `primary` per screen: the thing most people want next. */
  readonly look?: 'primary' | 'quiet';
  /** For a button that stays down: whether it is. */
  readonly pressed?: boolean;
  /** Language of the words on it, where that isn't the page's. */
  readonly lang?: string;
}

/** Something to press, never smaller than a thumb. */
export function Button({ children, onPress, submits, disabled, look = 'quiet', pressed, lang }: ButtonProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      disabled={disabled}
      class={`button button-${look}`}
      aria-pressed={pressed}
      lang={lang}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
