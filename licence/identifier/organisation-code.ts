/**
 * The check character of 组织机构代码 (GB 11714), the code of nine that stands inside a unified social credit code.
 * @param body its first 8 characters, 0-9 and A-Z.
 * @returns 0-9 or X (ten); undefined if the body isn't that.
 */
export function organisationCheckCharacter(body: string): string | undefined {
  if (!/^[0-9A-Z]{8}$/.test(body)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * value(body.charAt(index)), 0);
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A is 10 and Z is 35, also where a letter is left out of the unified code's own alphabet. */
function value(character: string): number {
  return Number.parseInt(character, 36);
}
