import {
  CERTIFICATE_ID_PREFIX,
  certificateIdCheckCharacter,
} from '../../licence/identifier/certificate-id.ts';
import { idCardCheckCharacter } from '../../licence/identifier/id-card.ts';
import { organisationCheckCharacter } from '../../licence/identifier/organisation-code.ts';
import { usccCheckCharacter } from '../../licence/identifier/uscc.ts';

/**
 * Numbers for invented people and bodies, with the check characters a terminal warns about when they are wrong. The
 * administrative division 990100 is assigned to nobody (GB/T 2260), so no number made here can be anyone's.
 */
const DEMO_DIVISION = '990100';

/** 公民身份号码 (GB 11643). @param born YYYYMMDD. @param order 3 digits, the last odd for a man. */
export function idNumber(born: string, order: string): string {
  return followedBy(DEMO_DIVISION + born + order, idCardCheckCharacter);
}

/**
 * 统一社会信用代码 (GB 32100). @param sort registering body and type, as "91" for a company, "11" for an authority.
 * @param body 8 characters of the organisation code; its own check character (GB 11714) is added.
 */
export function uscc(sort: string, body: string): string {
  const organisation = followedBy(body, organisationCheckCharacter);
  return followedBy(sort + DEMO_DIVISION + organisation, usccCheckCharacter);
}

/** 电子证照标识 (GB/T 36904). @param type 18 characters of the body that defined the type and 3 of the type. */
export function certificateId(type: string, issuer: string, serial: string, version: string): string {
  const body = `${type}.${issuer}.${serial}.${version}`;
  return `${CERTIFICATE_ID_PREFIX}${followedBy(`${body}.`, certificateIdCheckCharacter)}`;
}

/** @throws RangeError for a text that has no check character. */
function followedBy(text: string, checkCharacter: (text: string) => string | undefined): string {
  const check = checkCharacter(text);
  if (check === undefined) throw new RangeError(`nothing to check here: ${text}`);
  return text + check;
}
