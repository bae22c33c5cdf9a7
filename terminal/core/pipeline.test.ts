import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { decodeRow } from '../../licence/audit/row.ts';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { demoLicence, NOW } from '../../licence/testing/demo-issuer.ts';
import { rowsOf } from '../testing/audit-chain.ts';
import { NOW_MS, phoneCode } from '../testing/demo-city.ts';
import { openPipelineBench, type PipelineBench } from '../testing/pipeline-bench.ts';
import { MAX_WAITING_SCANS } from './pipeline.ts';

test('a good code is accepted, with what of it may be shown', async () => {
  const bench = await openPipelineBench();
  await bench.scan(phoneCode());
  expect(bench.outputs).toMatchObject([
    { type: 'scanned' },
    {
      type: 'verdict',
      verdict: { number: 1, reason: 'accepted', licence: { kind: { en: 'Medical insurance' } } },
    },
  ]);
});

test('nobody is told a verdict before its row is on disk, readable by another process', async () => {
  const rowsWhenTold: number[] = [];
  const bench = await openPipelineBench({
    onOutput: ({ type }) => {
      if (type === 'verdict') rowsWhenTold.push(rowsOf(bench.folder.auditDb).length);
    },
  });
  await bench.scan(phoneCode());
  await bench.scan('nonsense');
  expect(rowsWhenTold).toEqual([1, 2]);
});

test('nothing of the holder is readable in the files of the store, and no code', async () => {
  const bench = await openPipelineBench();
  const code = phoneCode();
  await bench.scan(code);
  const files = [bench.folder.auditDb, `${bench.folder.auditDb}-wal`].map((path) => readFileSync(path));
  const { sub, cti, fields } = demoLicence();
  const secrets = [code, sub, Buffer.from(cti), ...[...fields.values()].map(String)];
  for (const secret of secrets) {
    for (const file of files) expect(file.includes(secret)).toBe(false);
  }
});

test('the city can open which licence it was', async () => {
  const bench = await openPipelineBench();
  await bench.scan(phoneCode());
  const [row] = rowsOf(bench.folder.auditDb);
  const sealed = row && decodeRow(row.bytes)?.sealed;
  const personal = Buffer.from(await bench.city.openSealed(sealed ?? new Uint8Array(0)));
  expect(personal.includes(demoLicence().sub)).toBe(true);
});

test('the row of an unverified code holds nothing sealed', async () => {
  const bench = await openPipelineBench();
  await bench.scan('nonsense');
  const [row] = rowsOf(bench.folder.auditDb);
  expect(row && decodeRow(row.bytes)?.sealed).toBeNull();
});

test('a phone held in front of the reader while its verdict shows is not a screenshot', async () => {
  const bench = await openPipelineBench();
  const code = phoneCode();
  await bench.scan(code);
  bench.show(true);
  await bench.scan(code);
  expect(bench.reasons()).toEqual(['accepted']);
  expect(rowsOf(bench.folder.auditDb)).toHaveLength(1);
});

test('another code while a verdict shows is judged', async () => {
  const bench = await openPipelineBench();
  await bench.scan(phoneCode());
  bench.show(true);
  await bench.scan(phoneCode());
  expect(bench.reasons()).toEqual(['accepted', 'accepted']);
});

test('an accepted code shown again after its verdict was cleared is a replay', async () => {
  const bench = await openPipelineBench();
  const code = phoneCode();
  await bench.scan(code);
  await bench.scan(code);
  expect(bench.reasons()).toEqual(['accepted', 'code-replayed']);
});

test('a code is not used up by a refusal', async () => {
  const bench = await openPipelineBench();
  const early = phoneCode({}, NOW + 90);
  await bench.scan(early);
  bench.clock.advance(60_000);
  await bench.scan(early);
  expect(bench.reasons()).toEqual(['code-expired', 'accepted']);
});

test('a code the driver dropped as too long gets a verdict too', async () => {
  const bench = await openPipelineBench();
  await bench.scan('too-long');
  expect(bench.reasons()).toEqual(['malformed']);
  expect(rowsOf(bench.folder.auditDb)).toHaveLength(1);
});

test('verdicts come in the order of the scans', async () => {
  const bench = await openPipelineBench();
  bench.receive(phoneCode({ exp: 1 }));
  bench.receive('nonsense');
  await bench.scan(phoneCode());
  expect(bench.reasons()).toEqual(['expired', 'not-a-licence-code', 'accepted']);
});

test('a scanner gone mad loses what exceeds the queue, and it is counted', async () => {
  const bench = await openPipelineBench();
  for (let i = 0; i < MAX_WAITING_SCANS + 5; i++) bench.receive(`nonsense ${i}`);
  await bench.pipeline.idle();
  expect(bench.reasons()).toHaveLength(MAX_WAITING_SCANS);
  expect(bench.pipeline.dropped).toBe(5);
});

test('a good code is accepted after the queue has run over', async () => {
  const bench = await openPipelineBench();
  for (let i = 0; i < MAX_WAITING_SCANS + 5; i++) bench.receive(`nonsense ${i}`);
  await bench.pipeline.idle();
  await bench.scan(phoneCode());
  expect(bench.reasons().at(-1)).toBe('accepted');
});

test('a verdict that could not be written is told to nobody', async () => {
  const bench = await openPipelineBench();
  refuseRows(bench);
  await bench.scan(phoneCode());
  expect(bench.outputs).toMatchObject([{ type: 'scanned' }, { type: 'store-failed' }]);
  expect(bench.reasons()).toEqual([]);
});

test('a code whose verdict could not be written is not used up: it is accepted when the store is well', async () => {
  const bench = await openPipelineBench();
  const code = phoneCode();
  const repair = refuseRows(bench);
  await bench.scan(code);
  repair();
  await bench.scan(code);
  expect(bench.reasons()).toEqual(['accepted']);
});

test('a replay memory that can not be read is a failed store, not an acceptance', async () => {
  const bench = await openPipelineBench();
  sabotage(bench, 'DROP TABLE used_proof');
  await bench.scan(phoneCode());
  expect(bench.outputs.map(({ type }) => type)).toEqual(['scanned', 'store-failed']);
});

test('scans go on after a failed store', async () => {
  const bench = await openPipelineBench();
  const repair = refuseRows(bench);
  await bench.scan('nonsense');
  repair();
  await bench.scan('nonsense');
  expect(bench.reasons()).toEqual(['not-a-licence-code']);
});

test('a service the catalogue does not have makes codes undetermined, never accepted', async () => {
  const bench = await openPipelineBench({ service: 'not-in-the-catalogue' });
  await bench.scan(phoneCode());
  expect(bench.reasons()).toEqual(['city-error']);
});

test('rows carry the best time, not that of a clock turned back', async () => {
  const bench = await openPipelineBench();
  bench.clock.jumpTo(0);
  await bench.scan('nonsense');
  const [row] = rowsOf(bench.folder.auditDb);
  expect(row && decodeRow(row.bytes)?.unixMs).toBe(NOW_MS);
});

/** Makes the disk refuse every row from now on. @returns how to repair it. */
function refuseRows(bench: PipelineBench): () => void {
  const refuse = "CREATE TRIGGER full BEFORE INSERT ON row BEGIN SELECT raise(ABORT, 'disk full'); END";
  sabotage(bench, refuse);
  return () => sabotage(bench, 'DROP TRIGGER full');
}

function sabotage(bench: PipelineBench, sql: string): void {
  const db = new Database(bench.folder.auditDb);
  db.exec(sql);
  db.close();
}

test('two implementations that differ over a signature refuse the code and raise an alarm', async () => {
  const deaf: SignatureVerifier = { name: 'noble', check: () => 'invalid' };
  const bench = await openPipelineBench({ verifier: bothVerifier(nativeVerifier(), deaf) });
  await bench.scan(phoneCode());
  expect(bench.alarms).toContain('signature-disagreement');
  expect(bench.reasons()).not.toContain('accepted');
});
