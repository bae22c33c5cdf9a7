import type { TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  /** What it is for, or that it may stay empty; smaller, under the field. */
  readonly hint?: string;
  /** Whether what is typed is hidden. */
  readonly secret?: boolean;
  /** Whether it is where typing begins. */
  readonly first?: boolean;
}

/** One line to type. Nothing typed here is remembered or completed by the browser. */
export function TextField({ label, value, onChange, maxLength, hint, secret, first }: TextFieldProps) {
  const id = useId();
  const common = {
    id,
    value,
    maxLength,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onChange(event.currentTarget.value),
    ...(hint ? { 'aria-describedby': `${id}-hint` } : {}),
    ...(first ? { ref: focusOnce } : {}),
  } as const;
  return (
    <div class="text-field">
      <label for={id}>{label}</label>
      {secret ? <input type="password" {...common} /> : <input type="text" {...common} />}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** A function that stays the same, so that it is called when the field appears and not at each redraw. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
