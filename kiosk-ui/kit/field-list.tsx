export interface FieldListProps {
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

/** Labels and their values, as a licence prints them. Draws nothing at all for no fields. */
export function FieldList({ fields }: FieldListProps) {
  if (fields.length === 0) return null;
  return (
    <dl class="field-list">
      {fields.map(({ label, value }) => (
        <div class="field" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
