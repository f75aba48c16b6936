/** The product's sign, before everything else in a head. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" />
    <path d="M6 22l7-7 5 4 8-10" />
  </svg>
);
