import { decodeRow, encodeRow } from '../../../licence/audit/row.ts';
import { demoRow } from '../../../licence/testing/demo-audit.ts';
import { sameBytes } from '../cbor-tree.ts';
import { mutateCbor } from '../mutate-cbor.ts';
import type { Target } from '../target.ts';

/** A row that is read is the one encoding of what it says, of no more than 4 KiB. */
export function auditRowTarget(): Target {
  return {
    name: 'audit-row',
    weight: 6,
    seeds: [encodeRow(demoRow(1)), encodeRow({ ...demoRow(2 ** 40), sealed: new Uint8Array(80) })],
    mutate: mutateCbor,
    run(bytes) {
      const row = decodeRow(bytes);
      if (!row) return { taken: false, said: 'no row' };
      const held = bytes.length <= 4096 && sameBytes(encodeRow(row), bytes);
      return { taken: true, said: 'row', broken: held ? undefined : 'a row of other bytes than its own' };
    },
  };
}
