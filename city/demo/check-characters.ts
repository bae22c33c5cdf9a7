/**
 * Numbers for invented people and bodies, with the check characters a terminal warns about when they are wrong. The
 * administrative division 990100 is assigned to nobody (GB/T 2260), so no number made here can be anyone's.
 */
export const DEMO_DIVISION = '990100';

/** 公民身份号码 (GB 11643). @param born YYYYMMDD. @param order 3 digits, the last odd for a man. */
export function idNumber(born: string, order: string): string {
  const digits = DEMO_DIVISION + born + order;
  if (!/^\d{17}$/.test(digits)) throw new RangeError(`not 17 digits: ${digits}`);
  const sum = weighted(digits, '0123456789', ID_WEIGHTS);
  return digits + '10X98765432'.charAt(sum % 11);
}

/**
 * 统一社会信用代码 (GB 32100). @param sort registering body and type, as "91" for a company, "11" for an authority.
 * @param body 8 characters of the organisation code; its own check character (GB 11714) is added.
 */
export function uscc(sort: string, body: string): string {
  const rest = 11 - (weighted(body, ALPHANUMERIC, ORGANISATION_WEIGHTS) % 11);
  const organisation = body + (rest === 10 ? 'X' : String(rest % 11));
  const text = sort + DEMO_DIVISION + organisation;
  if (text.length !== 17) throw new RangeError(`not 17 characters: ${text}`);
  return text + USCC_ALPHABET.charAt((31 - (weighted(text, USCC_ALPHABET, USCC_WEIGHTS) % 31)) % 31);
}

/** 电子证照标识 (GB/T 36904). @param type 18 characters of the body that defined the type and 3 of the type. */
export function certificateId(type: string, issuer: string, serial: string, version: string): string {
  const check = mod37by36(type + issuer + serial + version);
  return `1.2.156.3005.2.${type}.${issuer}.${serial}.${version}.${check}`;
}

/** ISO 7064 MOD 37,36. */
export function mod37by36(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + value(character, ALPHANUMERIC)) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHANUMERIC.charAt((37 - product) % 36);
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

function weighted(text: string, alphabet: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * value(text.charAt(index), alphabet), 0);
}

function value(character: string, alphabet: string): number {
  const found = character === '' ? -1 : alphabet.indexOf(character);
  if (found < 0) throw new RangeError(`"${character}" has no value here`);
  return found;
}
