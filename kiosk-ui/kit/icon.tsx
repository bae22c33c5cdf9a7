import type { ComponentChildren } from 'preact';

/** Drawn for this product on a grid of 32, two units of line, round ends. They take the colour of the text. */
const DRAWINGS = {
  // A disc, an octagon and a diamond: the outline alone tells the outcomes apart.
  accepted: (
    <>
      <circle cx="16" cy="16" r="12.5" />
      <path d="M10 16.6l4.3 4.3L22.4 12" />
    </>
  ),
  rejected: (
    <>
      <path d="M11 3.8h10L28.2 11v10L21 28.2H11L3.8 21V11z" />
      <path d="M11.6 11.6l8.8 8.8M20.4 11.6l-8.8 8.8" />
    </>
  ),
  undetermined: (
    <>
      <path d="M14.2 3.7a2.6 2.6 0 0 1 3.6 0l10.5 10.5a2.6 2.6 0 0 1 0 3.6L17.8 28.3a2.6 2.6 0 0 1-3.6 0L3.7 17.8a2.6 2.6 0 0 1 0-3.6z" />
      <path d="M12.6 13.2a3.5 3.5 0 1 1 5 3.3c-1 .5-1.6 1.1-1.6 2.3" />
      <circle class="dot" cx="16" cy="22.4" r="0.7" />
    </>
  ),
  distance: (
    <>
      <path d="M5 7v18M27 7v18M9 16h14" />
      <path d="M12 12.5L8.5 16l3.5 3.5M20 12.5l3.5 3.5-3.5 3.5" />
    </>
  ),
  brightness: (
    <>
      <circle cx="16" cy="16" r="5.5" />
      <path d="M16 3.5v3M16 25.5v3M3.5 16h3M25.5 16h3M7.2 7.2l2.1 2.1M22.7 22.7l2.1 2.1M24.8 7.2l-2.1 2.1M9.3 22.7l-2.1 2.1" />
    </>
  ),
  'no-screenshot': (
    <>
      <path d="M10 4.5h12a2.5 2.5 0 0 1 2.5 2.5v18a2.5 2.5 0 0 1-2.5 2.5H10A2.5 2.5 0 0 1 7.5 25V7A2.5 2.5 0 0 1 10 4.5z" />
      <path d="M12 13v-2.5h2.5M20 19v2.5h-2.5M4 28L28 4" />
    </>
  ),
  // A person behind a counter.
  'staffed-counter': (
    <>
      <circle cx="16" cy="8" r="4.2" />
      <path d="M8.5 20c0-4 3.3-6.3 7.5-6.3s7.5 2.3 7.5 6.3" />
      <path d="M3.5 20.5h25M6.5 20.5V28M25.5 20.5V28" />
    </>
  ),
  'large-text': (
    <>
      <path d="M3.5 26l7-19.5 7 19.5M6 19.5h9" />
      <path d="M19.5 26l4.5-12 4.5 12M21.2 22h5.6" />
    </>
  ),
  scanner: (
    <>
      <path d="M4 11V6.5A2.5 2.5 0 0 1 6.5 4H11M21 4h4.5A2.5 2.5 0 0 1 28 6.5V11M28 21v4.5a2.5 2.5 0 0 1-2.5 2.5H21M11 28H6.5A2.5 2.5 0 0 1 4 25.5V21" />
      <path d="M8 16h16" />
    </>
  ),
  city: (
    <>
      <path d="M4 28h24M7 28V13l9-7 9 7v15M12 28v-7h8v7" />
      <path d="M12.5 15.5h7" />
    </>
  ),
  disconnected: (
    <>
      <path d="M13 9.5l3-3a6 6 0 0 1 8.5 8.5l-3 3M19 22.5l-3 3A6 6 0 0 1 7.5 17l3-3" />
      <path d="M5 5l22 22" />
    </>
  ),
  list: (
    <>
      <path d="M8 3.5h12l5 5v20H8z" />
      <path d="M12 13h9M12 18h9M12 23h6" />
    </>
  ),
  clock: (
    <>
      <circle cx="16" cy="16" r="12" />
      <path d="M16 9v7.5l5 3" />
    </>
  ),
  attention: (
    <>
      <path d="M16 4.5L29 27H3z" />
      <path d="M16 12.5v6.5" />
      <circle class="dot" cx="16" cy="22.8" r="0.7" />
    </>
  ),
  // The empty ring of a checklist.
  missing: <circle cx="16" cy="16" r="11" stroke-dasharray="4.4 5.2" />,
  more: <path d="M16 5v21M7.5 18L16 26.5l8.5-8.5" />,
  'back-to-first': <path d="M16 27V6M7.5 14L16 5.5l8.5 8.5" />,
  onward: <path d="M6 16h19M18 8.5L25.5 16 18 23.5" />,
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof DRAWINGS;

/** One of the product's icons. Always beside words that say the same, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 32 32" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}
