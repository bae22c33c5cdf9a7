import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AuditLog } from '../../terminal/store/audit-log.ts';
import { tempFolder } from '../../terminal/testing/temp-folder.ts';
import { checkStore } from './check-store.ts';
import type { Told } from './child-line.ts';
import { TERMINAL_ID } from './crash-world.ts';
import { type Found, hexOf, readStore } from './read-store.ts';

/** Three scans that were written and told of, the first of them with a holder proof. */
function threeScans(): { readonly told: readonly [Told, Told, Told]; readonly found: Found } {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  const scan = (name: string, accepted: boolean): Told => {
    const facts = new Map([
      ['device', name],
      ['outcome', accepted ? 'accepted' : 'rejected'],
    ]);
    const used = accepted ? { hash: new Uint8Array(32).fill(1), until: 1 } : undefined;
    const { epoch, seq, head } = log.append(
      { event: 'verification', unixMs: 1, public: facts, sealed: null },
      used,
    );
    const proof = used ? { proof: hexOf(used.hash) } : {};
    return { type: 'told', scan: name, epoch: hexOf(epoch), seq, head: hexOf(head), ...proof };
  };
  const told = [scan('1.1', true), scan('1.2', false), scan('2.1', false)] as const;
  log.close();
  return { told, found: readStore(path) };
}

/** The found rows as somebody's bug could have left them. */
function withRows(found: Found, change: (rows: Found['epochs'][number]['rows']) => typeof rows): Found {
  return { ...found, epochs: found.epochs.map((epoch) => ({ ...epoch, rows: change(epoch.rows) })) };
}

function promises(...of: Parameters<typeof checkStore>): string[] {
  return [...new Set(checkStore(...of).findings.map(({ promise }) => promise))].sort();
}

describe('the check of a store that was cut off', () => {
  it('finds nothing where every acknowledged row is there once, in order', () => {
    const { told, found } = threeScans();
    expect(checkStore(told, found, 0)).toMatchObject({ findings: [], unheard: 0 });
  });

  it('allows one row nobody was told of to each cut, and no more', () => {
    const { told, found } = threeScans();
    expect(promises(told.slice(0, 2), found, 1)).toEqual([]);
    expect(promises(told.slice(0, 1), found, 1)).toEqual(['unheard']);
  });

  it('goes on from where it was', () => {
    const { told, found } = threeScans();
    const first = withRows(found, (rows) => rows.slice(0, 2));
    const { checked } = checkStore(told.slice(0, 2), first, 0);
    const rest = withRows(found, (rows) => rows.slice(2)).epochs;
    const later: Found = {
      ...found,
      epochs: rest.map((epoch) => ({ ...epoch, from: checked.until ?? epoch.from })),
    };
    expect(promises(told.slice(2), later, 0, checked)).toEqual([]);
  });

  it('finds a lost last row', () => {
    const { told, found } = threeScans();
    expect(
      promises(
        told,
        withRows(found, (rows) => rows.slice(0, 2)),
        1,
      ),
    ).toEqual(['lost']);
  });

  it('finds a lost row in the middle', () => {
    const { told, found } = threeScans();
    const without = withRows(found, (rows) => rows.filter(({ seq }) => seq !== 2));
    expect(promises(told, without, 1)).toEqual(['chain', 'gap', 'lost']);
  });

  it('finds a changed row', () => {
    const { told, found } = threeScans();
    const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === bytes.length - 2 ? byte ^ 1 : byte));
    const changed = withRows(found, (rows) => rows.map((row) => ({ ...row, bytes: flip(row.bytes) })));
    expect(promises(told, changed, 0)).toContain('chain');
  });

  it('finds a row that is not the acknowledged one, though the chain holds', () => {
    const { told, found } = threeScans();
    const other = { ...told[2], head: '00' };
    expect(promises([told[0], told[1], other], found, 0)).toEqual(['changed']);
  });

  it('finds a scan written twice', () => {
    expect(promises([], twoRowsOf('1.1', '1.1'), 2)).toEqual(['doubled']);
  });

  it('finds scans written in another order', () => {
    expect(promises([], twoRowsOf('1.2', '1.1'), 2)).toEqual(['reordered']);
  });

  it('finds rows acknowledged in another order', () => {
    const { told, found } = threeScans();
    expect(promises([told[1], told[0], told[2]], found, 0)).toEqual(['reordered']);
  });

  it('finds a proof that can be used again', () => {
    const { told, found } = threeScans();
    expect(promises(told, { ...found, proofs: new Set() }, 0)).toEqual(['proofs']);
  });

  it('finds a proof that was used up for no row', () => {
    const { told, found } = threeScans();
    expect(promises(told, { ...found, proofs: new Set([...found.proofs, '02']) }, 0)).toEqual(['proofs']);
  });

  it('finds a new epoch', () => {
    const { told, found } = threeScans();
    const empty = found.epochs.map((epoch) => ({ ...epoch, epoch: '00', rows: [] }));
    expect(promises(told, { ...found, epochs: [...found.epochs, ...empty] }, 0)).toEqual(['epochs']);
  });
});

function twoRowsOf(...scans: readonly [string, string]): Found {
  const path = join(tempFolder(), 'audit.db');
  const log = AuditLog.open(path, TERMINAL_ID);
  for (const scan of scans) {
    log.append({ event: 'verification', unixMs: 1, public: new Map([['device', scan]]), sealed: null });
  }
  log.close();
  return readStore(path);
}
