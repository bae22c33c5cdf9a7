/** The product's mark: a licence lit from within. The same drawing as `mark.svg`, in the colours of the page. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="8" />
      <path class="mark-licence" d="M9 7.5h14v10c0 4-3 6.5-7 8-4-1.5-7-4-7-8z" />
      <path class="mark-light" d="M12.3 15.5l2.7 2.7 4.8-5.2" />
    </svg>
  );
}
