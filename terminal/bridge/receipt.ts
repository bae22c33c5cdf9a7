import type { HandOn } from '../core/hand-on.ts';
import type { AuditPosition } from '../core/held-verdict.ts';
import type { ReceiptClaims, VerdictClaims, VerdictEvent } from './api-schemas.ts';
import type { ToldVerdict } from './event-log.ts';
import { JWS_TYP, type JwsSigner, signJws } from './jws.ts';

/** Whom a signed object is for, and under which id. */
export interface Addressed {
  /** Name of the client. */
  readonly client: string;
  readonly id: string;
}

/** What was handed on, signed so that any server can check it. Personal: held in memory and nowhere else. */
export function signReceipt(handOn: HandOn, { client, id }: Addressed, signer: JwsSigner): string {
  const { at, licences, ...about } = handOn;
  const claims: ReceiptClaims = {
    iss: issuerOf(signer),
    aud: client,
    jti: id,
    iat: seconds(at),
    ...about,
    outcome: 'accepted',
    licences: licences.map(({ licence, audit, fields, ...facts }) => ({
      ...facts,
      fields: fields.map(({ label, names, value }) => ({ label, names, value })),
      ...(licence ? { licence: Buffer.from(licence).toString('base64url') } : {}),
      ...(audit ? { audit: positionOf(audit) } : {}),
    })),
  };
  return signJws(JWS_TYP.receipt, claims, signer);
}

/** What every allowed listener hears of a verdict: nothing that says whose licence it was. */
export function signVerdict(
  verdict: ToldVerdict,
  service: string,
  { client, id }: Addressed,
  signer: JwsSigner,
): VerdictEvent {
  const { at, ...facts } = verdict;
  const told = { service, ...facts };
  const claims: VerdictClaims = {
    iss: issuerOf(signer),
    aud: client,
    jti: id,
    iat: seconds(at),
    ...told,
  };
  return { ...told, signed: signJws(JWS_TYP.verdict, claims, signer) };
}

function issuerOf({ kid }: JwsSigner): string {
  return `urn:liangzheng:terminal:${kid}`;
}

function positionOf({ epoch, seq }: AuditPosition) {
  return { epoch: Buffer.from(epoch).toString('hex'), seq };
}

function seconds(unixMs: number): number {
  return Math.floor(unixMs / 1000);
}
