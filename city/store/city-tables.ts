import type { Generated, Kysely, Transaction } from 'kysely';

/** Columns as the query builder sees them. Times are unix ms, except claims (iat, nbf, exp), which are seconds. */
export interface CityTables {
  change: { id: Generated<number>; kind: ChangeKind; name: string; at: number };
  target: { name: string; bytes: Uint8Array; own: Generated<0 | 1> };
  trust_role: { role: TrustRole; version: number; signed_at: number };
  trust_file: { path: string; bytes: Uint8Array; etag: string; retired_at: number | null };
  issuer: {
    iss: string;
    slug: string;
    name_zh: string;
    name_en: string;
    list_entries: number;
    list_bits: 1 | 2;
  };
  issuer_key: {
    iss: string;
    x: Uint8Array;
    key_name: string;
    nbf: number;
    exp: number;
    uses: string;
    kinds: string;
  };
  status_list: {
    uri: string;
    iss: string;
    shard: number;
    entries: number;
    bits: 1 | 2;
    bitmap: Uint8Array;
    iat: number;
    token: Uint8Array;
  };
  licence: {
    cti: Uint8Array;
    iss: string;
    sub: string;
    kind: string;
    uri: string;
    idx: number;
    iat: number;
    exp: number;
    bytes: Uint8Array;
    revoked_at: number | null;
    suspended_at: number | null;
    holder_code: string | null;
  };
  delegation: {
    cti: Uint8Array;
    iss: string;
    sub: string;
    principal: string;
    scope: string;
    uri: string;
    idx: number;
    iat: number;
    exp: number;
    bytes: Uint8Array;
    revoked_at: number | null;
    suspended_at: number | null;
  };
  terminal: {
    id: Uint8Array;
    public_key: Uint8Array;
    name: string;
    enrolled_at: number;
    forked_at: number | null;
    reported_at: number | null;
    report: string | null;
  };
  enrolment_code: { secret_hash: Uint8Array; expires_at: number; terminal_id: Uint8Array | null };
  request: { terminal_id: Uint8Array; id: Uint8Array; until: number };
  audit_epoch: {
    terminal_id: Uint8Array;
    epoch: Uint8Array;
    seq: number;
    head: Uint8Array;
    opened_at: number;
  };
  audit_row: {
    terminal_id: Uint8Array;
    epoch: Uint8Array;
    seq: number;
    bytes: Uint8Array;
    head: Uint8Array;
    received_at: number;
  };
  audit_fork: {
    terminal_id: Uint8Array;
    epoch: Uint8Array;
    seq: number;
    head: Uint8Array;
    bytes: Uint8Array;
    received_at: number;
  };
}

export type ChangeKind = 'list' | 'trust' | 'report';
export type TrustRole = 'root' | 'targets' | 'snapshot' | 'timestamp';

export type CityDatabase = Kysely<CityTables>;
/** A write in progress. It holds the one connection: nothing but queries of this transaction may be awaited in it. */
export type CityTransaction = Transaction<CityTables>;
