/** In a word how a licence or delegation stands. @param now unix ms. */
export function shownState(
  {
    revoked_at,
    suspended_at,
    exp,
  }: { readonly revoked_at: number | null; readonly suspended_at: number | null; readonly exp: number },
  now: number,
): 'revoked' | 'suspended' | 'expired' | 'valid' {
  if (revoked_at !== null) return 'revoked';
  if (exp * 1000 <= now) return 'expired';
  return suspended_at === null ? 'valid' : 'suspended';
}
