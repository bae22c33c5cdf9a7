import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditLog } from '../store/audit-log.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { findingsOfStill } from './still-folder.ts';

test('a terminal that isn’t running on a folder that is well is told to be started, and nothing else', () => {
  expect(codes(usedFolder())).toEqual(['no-answer']);
});

test('why it didn’t answer is in the finding', () => {
  const [finding] = findingsOfStill(usedFolder(), 'no terminal is running here');
  expect(finding?.sentence.en).toContain('no terminal is running here');
});

test('a folder that isn’t there is named', () => {
  const folder = dataFolder(join(tempFolder(), 'absent'));
  const findings = findingsOfStill(folder, 'x');
  expect(findings.map(({ code }) => code)).toEqual(['no-answer', 'no-data-folder']);
  expect(findings[1]?.sentence.en).toContain(folder.root);
});

test('a folder never used is not enrolled', () => {
  expect(codes(dataFolder(tempFolder()))).toEqual(['no-answer', 'not-enrolled']);
});

test('an audit log that is no database is found', () => {
  const folder = usedFolder();
  writeFileSync(folder.auditDb, 'x'.repeat(8192));
  expect(codes(folder)).toContain('audit-unreadable');
});

test('a store of the agent’s that is no database is found', () => {
  const folder = usedFolder();
  writeFileSync(folder.syncDb, 'x'.repeat(8192));
  expect(codes(folder)).toContain('sync-unreadable');
});

test('a key that others may read is found', () => {
  const folder = usedFolder();
  writeFileSync(folder.key, '', { mode: 0o600 });
  chmodSync(folder.key, 0o644);
  expect(codes(folder)).toContain('file-exposed');
});

test.skipIf(process.getuid?.() === 0)(
  'a folder of somebody else’s is found (not as root, who may everything)',
  () => {
    const folder = usedFolder();
    chmodSync(folder.root, 0o000);
    onTestFinished(() => chmodSync(folder.root, 0o700));
    expect(codes(folder)).toEqual(['no-answer', 'no-access']);
  },
);

function codes(folder: DataFolder): string[] {
  return findingsOfStill(folder, 'test').map(({ code }) => code);
}

/** As an enrolled terminal leaves it. */
function usedFolder(): DataFolder {
  const folder = dataFolder(tempFolder());
  AuditLog.open(folder.auditDb, new Uint8Array(16)).close();
  const sync = new SyncStore(folder.syncDb);
  sync.saveEnrolment({ terminalId: new Uint8Array(16), city: 'https://city.example' }, new Uint8Array(1));
  sync.close();
  return folder;
}
