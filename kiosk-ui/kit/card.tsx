import type { ComponentChildren } from 'preact';

export interface CardProps {
  readonly children: ComponentChildren;
  readonly title?: ComponentChildren;
  /** A second class name, for the page that lays it out. */
  readonly class?: string;
}

/** A sheet of paper on the page, with the double rule of a printed licence when it has a title. */
export function Card({ children, title, class: extra }: CardProps) {
  return (
    <section class={extra ? `card ${extra}` : 'card'}>
      {title && <h2 class="card-title">{title}</h2>}
      {children}
    </section>
  );
}
