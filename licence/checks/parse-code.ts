import { type Licence, type Presentation, parseLicence, parsePresentation } from '../claims.ts';
import { HEADER, parseSign1, readSign1, type Sign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import type { Parsed } from '../cwt.ts';
import { type Delegation, parseDelegation } from '../delegation.ts';

/** Claims as somebody sealed them. Nothing of it is verified. */
export interface Sealed<T> {
  readonly claims: T;
  readonly sealed: Sign1;
}

export interface CodeParts {
  readonly licence: Sealed<Licence>;
  readonly presentation?: Sealed<Presentation>;
  readonly delegation?: Sealed<Delegation>;
}

export type ParsedCode = { readonly ok: true; readonly parts: CodeParts } | CodeFault;

interface CodeFault {
  readonly ok: false;
  readonly reason: 'malformed' | 'unsupported';
  readonly detail: string;
}

/**
 * Checks 2 and 3. A code is a licence, or a presentation with the licence, and maybe a delegation, in its protected
 * header.
 */
export function parseCode(bytes: Uint8Array): ParsedCode {
  const outer = parseSign1(bytes, [TYP.presentation, TYP.licence]);
  if (!outer.ok) return outer;
  if (outer.sign1.typ === TYP.licence) {
    const licence = claimsOf('licence', outer.sign1, parseLicence);
    return licence.ok ? { ok: true, parts: { licence: licence.part } } : licence;
  }
  const { header } = outer.sign1;
  const licence = embedded('licence', header.get(HEADER.kcwt), TYP.licence, parseLicence);
  if (!licence.ok) return licence;
  const delegation = header.has(HEADER.delegation)
    ? embedded('delegation', header.get(HEADER.delegation), TYP.delegation, parseDelegation)
    : undefined;
  if (delegation?.ok === false) return delegation;
  const presentation = claimsOf('presentation', outer.sign1, parsePresentation);
  if (!presentation.ok) return presentation;
  const parts = { licence: licence.part, presentation: presentation.part };
  return { ok: true, parts: delegation ? { ...parts, delegation: delegation.part } : parts };
}

type Part<T> = { readonly ok: true; readonly part: Sealed<T> } | CodeFault;

function embedded<T>(
  what: string,
  value: Parameters<typeof readSign1>[0],
  typ: (typeof TYP)['licence' | 'delegation'],
  parse: (payload: Uint8Array) => Parsed<T>,
): Part<T> {
  const opened = readSign1(value, [typ]);
  if (!opened.ok) return { ...opened, detail: `${what}: ${opened.detail}` };
  return claimsOf(what, opened.sign1, parse);
}

function claimsOf<T>(what: string, sealed: Sign1, parse: (payload: Uint8Array) => Parsed<T>): Part<T> {
  const claims = parse(sealed.payload);
  if (!claims.ok) return { ok: false, reason: 'malformed', detail: `${what}: ${claims.detail}` };
  return { ok: true, part: { claims: claims.value, sealed } };
}
