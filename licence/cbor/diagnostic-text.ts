import { escapeText } from './escape-text.ts';
import type { CborFault } from './scan.ts';

const INDENT = '  ';

/** Puts notation together, an item a line or all in one. */
export class DiagnosticText {
  readonly #layout: 'lines' | 'one-line';
  #parts: string[] = [];
  #depth = 0;

  constructor(layout: 'lines' | 'one-line') {
    this.#layout = layout;
  }

  write(text: string): void {
    this.#parts.push(text);
  }

  comment(text: string, behind = ' '): void {
    // a slash would end it
    this.#parts.push(`/ ${escapeText(text).replaceAll('/', '\\u002f')} /${behind}`);
  }

  /** @param within of which bytes `at` is an offset, where it isn't the whole. */
  mark({ name, at }: CborFault, within = ''): void {
    this.#space(/[\s([{]$/);
    this.#parts.push(`/ !! ${name} at byte ${at}${within} / `);
  }

  open(bracket: string): void {
    this.#parts.push(bracket);
    this.#depth += 1;
  }

  nextItem(notFirst: boolean): void {
    if (notFirst) this.#parts.push(this.#layout === 'lines' ? ',' : ', ');
    this.#breakLine();
  }

  close(bracket: string, hadItems: boolean): void {
    this.#depth -= 1;
    if (hadItems) this.#breakLine();
    this.#parts.push(bracket);
  }

  /** Whatever `describe` writes is left out. */
  muted(describe: () => void): void {
    const parts = this.#parts;
    const depth = this.#depth;
    this.#parts = [];
    try {
      describe();
    } finally {
      this.#parts = parts;
      this.#depth = depth;
    }
  }

  closeBytes(indicator: string): void {
    this.#space(/\s$/);
    this.#parts.push(`>>${indicator}`);
  }

  toString(): string {
    return this.#parts.join('').trimEnd();
  }

  #space(notBehind: RegExp): void {
    if (!notBehind.test(this.#parts.at(-1) ?? ' ')) this.#parts.push(' ');
  }

  #breakLine(): void {
    if (this.#layout === 'lines') this.#parts.push(`\n${INDENT.repeat(this.#depth)}`);
  }
}
