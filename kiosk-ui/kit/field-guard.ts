import { type BurstStep, isBurst } from './keyboard-burst.ts';

/**
 * Longest pause between two keys of a burst where a text field has the focus: more than twice what scanners take
 * (8 to 16 ms measured), and shorter than between the digits of a PIN that fingers know by heart.
 */
export const IN_FIELD_GAP_MS = 40;

type TextField = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES = new Set(['text', 'password', 'search', 'tel', 'url']);

/** What a key typed at `target` would land in as text, if anything. */
export function textFieldOf(target: EventTarget | null): TextField | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && TEXT_TYPES.has(target.type) ? target : undefined;
}

/**
 * Lets typed text and scans share a field. The first keys of a burst can't be told from typing and are let in; once
 * they are known for a burst the field is put back as it was before them.
 */
export class FieldGuard {
  #before: { field: TextField; value: string; start: number | null; end: number | null } | undefined;

  /** Whether `key`, which made this step, must not reach the field it was typed into. */
  keepsOut(field: TextField, key: string, { state, swallow }: BurstStep): boolean {
    if (state.name === 'quiet') {
      this.#before = undefined;
      return swallow;
    }
    if (isBurst(state)) {
      this.#restore();
      return true;
    }
    // the first key of a run; Shift may follow it and is none
    if (state.name === 'typing' && state.text === key) {
      this.#before = { field, value: field.value, start: field.selectionStart, end: field.selectionEnd };
    }
    return false;
  }

  #restore(): void {
    if (!this.#before) return;
    const { field, value, start, end } = this.#before;
    this.#before = undefined;
    field.value = value;
    field.setSelectionRange(start, end);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
