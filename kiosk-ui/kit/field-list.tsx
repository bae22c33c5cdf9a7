import type { ComponentChildren } from 'preact';

export interface FieldListProps {
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
    /** Something to press beside the value. */
    readonly action?: ComponentChildren;
  }[];
  /** Indices of rows that keep their place but aren't drawn, since only a part of them could be. */
  readonly undrawn?: ReadonlySet<number>;
}

/** Labels and their values, as a licence prints them. Draws nothing at all for no fields. */
export function FieldList({ fields, undrawn }: FieldListProps) {
  if (fields.length === 0) return null;
  return (
    <dl class="field-list">
      {fields.map(({ label, value, action }, index) => (
        <div class={undrawn?.has(index) ? 'field field-undrawn' : 'field'} key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {action}
          </dd>
        </div>
      ))}
    </dl>
  );
}
