import { decodeRow, ROW_PROFILE } from '../../licence/audit/row.ts';
import { type CborMap, type CborValue, decodeCbor } from '../../licence/cbor/decode.ts';
import type { AuditEventName } from '../audit-events.ts';
import { rowsOf } from './audit-chain.ts';
import type { DemoCity } from './demo-city.ts';

/** An audit row as the city reads it. */
export interface OpenedRow {
  readonly public: CborMap;
  /** Undefined where nothing was sealed. */
  readonly personal: CborValue | undefined;
  /** As it lies on the disk. */
  readonly bytes: Uint8Array;
}

/** The last row of this event. @throws where there is none, or its sealed part is no CBOR. */
export async function openedRow(city: DemoCity, auditDb: string, event: AuditEventName): Promise<OpenedRow> {
  const rows = rowsOf(auditDb).map(({ bytes }) => ({ bytes, row: decodeRow(bytes) }));
  const found = rows.findLast(({ row }) => row?.event === event);
  if (!found?.row) throw new Error(`no row ${event}`);
  const { bytes, row } = found;
  if (row.sealed === null) return { public: row.public, personal: undefined, bytes };
  const opened = decodeCbor(await city.openSealed(row.sealed), ROW_PROFILE);
  if (!opened.ok) throw new Error(`sealed part of ${event}: ${opened.fault}`);
  return { public: row.public, personal: opened.value, bytes };
}
