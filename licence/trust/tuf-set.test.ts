import { describe, expect, it } from 'vitest';
import { DAY, demoKey, NOW } from '../testing/demo-issuer.ts';
import { demoRoot, demoSnapshot, demoTargets, demoTimestamp, demoTrustSet } from '../testing/trust-set.ts';
import { openTrustFiles } from './tuf.ts';

const FILES = new Map([
  ['a.json', new TextEncoder().encode('{"a":1}')],
  ['b.json', new TextEncoder().encode('{"b":1}')],
]);
/** What the city published yesterday and today. */
const OLD = demoTrustSet(FILES, 4);
const NEW = demoTrustSet(new Map([...FILES, ['a.json', new TextEncoder().encode('{"a":2}')]]), 5);

describe('a whole set of trust files', () => {
  it('opens with its versions and the files it vouches for', () => {
    expect(openTrustFiles(NEW)).toMatchObject({
      ok: true,
      versions: { root: 1, timestamp: 5, snapshot: 5, targets: 5 },
      files: NEW.files,
    });
  });

  it('leaves out a file nobody vouches for', () => {
    const files = new Map([...NEW.files, ['extra.json', new Uint8Array(1)]]);
    const opened = openTrustFiles({ ...NEW, files });
    expect(opened.ok && [...opened.files.keys()]).toEqual(['a.json', 'b.json']);
  });

  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
    'reports the earliest expiry, here of the %s, even when it is past',
    (role) => {
      const set = demoTrustSet(FILES, 1, { [role]: NOW - DAY });
      expect(openTrustFiles(set)).toMatchObject({ ok: true, expires: (NOW - DAY) * 1000 });
    },
  );
});

describe('mix-and-match', () => {
  it.each([
    ['an older snapshot', { snapshot: OLD.snapshot }, 'snapshot is not the one the metadata names'],
    ['older targets metadata', { targets: OLD.targets }, 'targets is not the one the metadata names'],
    ['an older target file', { files: OLD.files }, 'target a.json is not the one the metadata names'],
    ['a target file missing', { files: new Map() }, 'target a.json is not the one the metadata names'],
  ])('%s', (_, changes, detail) => {
    expect(openTrustFiles({ ...NEW, ...changes })).toEqual({ ok: false, fault: 'mix-and-match', detail });
  });

  const parts = ['timestamp', 'snapshot', 'targets', 'files'] as const;
  const mixtures = [...Array(2 ** parts.length - 2).keys()].map((n) =>
    parts.filter((_, bit) => (n + 1) & (1 << bit)),
  );

  it.each(mixtures.map((old) => [old.join(' and '), old] as const))(
    'yesterday’s %s with the rest of today',
    (_, old) => {
      const set = { ...NEW, ...Object.fromEntries(old.map((part) => [part, OLD[part]])) };
      expect(openTrustFiles(set)).toMatchObject({ ok: false, fault: 'mix-and-match' });
    },
  );

  it('another snapshot of the same version', () => {
    const snapshot = demoSnapshot(
      { version: 5, bytes: NEW.targets },
      { version: 5, expires: NOW + 30 * DAY },
    );
    expect(openTrustFiles({ ...NEW, snapshot })).toMatchObject({ ok: false, fault: 'mix-and-match' });
  });

  it('other targets metadata of the same version', () => {
    const targets = demoTargets(NEW.files, { version: 5, expires: NOW + 30 * DAY });
    expect(openTrustFiles({ ...NEW, targets })).toMatchObject({ ok: false, fault: 'mix-and-match' });
  });

  it('a target file of the right length with another hash', () => {
    const files = new Map([...NEW.files, ['a.json', new TextEncoder().encode('{"a":3}')]]);
    expect(openTrustFiles({ ...NEW, files })).toMatchObject({ ok: false, fault: 'mix-and-match' });
  });

  it('a target file with a byte too many', () => {
    const files = new Map([...NEW.files, ['a.json', new TextEncoder().encode('{"a":2} ')]]);
    expect(openTrustFiles({ ...NEW, files })).toMatchObject({ ok: false, fault: 'mix-and-match' });
  });
});

describe('rollback', () => {
  const floors = { root: 1, timestamp: 5, snapshot: 5, targets: 5 };

  it('a set at its floors opens', () => {
    expect(openTrustFiles(NEW, floors)).toMatchObject({ ok: true });
  });

  it('an older set, true once, is refused', () => {
    expect(openTrustFiles(OLD, floors)).toEqual({
      ok: false,
      fault: 'rollback',
      detail: 'timestamp 4 after 5',
    });
  });

  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)('the %s has a floor of its own', (role) => {
    expect(openTrustFiles(NEW, { ...floors, [role]: 6 })).toMatchObject({
      ok: false,
      fault: 'rollback',
      detail: `${role} ${role === 'root' ? 1 : 5} after 6`,
    });
  });
});

describe('not signed', () => {
  const thief = demoKey('a thief');

  it('a root by too few of its keys', () => {
    const root = demoRoot({ keys: ['a', 'b'], threshold: 2, signers: ['a'] });
    expect(openTrustFiles({ ...NEW, root })).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('a timestamp by a stranger', () => {
    const timestamp = demoTimestamp({ version: 5, bytes: NEW.snapshot }, { version: 6 }, thief);
    expect(openTrustFiles({ ...NEW, timestamp })).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('a snapshot by a stranger, although the timestamp names it', () => {
    const snapshot = demoSnapshot({ version: 5, bytes: NEW.targets }, { version: 5 }, thief);
    const timestamp = demoTimestamp({ version: 5, bytes: snapshot }, { version: 5 });
    expect(openTrustFiles({ ...NEW, snapshot, timestamp })).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('targets metadata by a stranger, although the snapshot names it', () => {
    const targets = demoTargets(NEW.files, { version: 5 }, thief);
    const snapshot = demoSnapshot({ version: 5, bytes: targets }, { version: 5 });
    const timestamp = demoTimestamp({ version: 5, bytes: snapshot }, { version: 5 });
    expect(openTrustFiles({ ...NEW, targets, snapshot, timestamp })).toMatchObject({ fault: 'not-signed' });
  });
});

describe('malformed', () => {
  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)('an empty %s', (role) => {
    expect(openTrustFiles({ ...NEW, [role]: new Uint8Array(0) })).toMatchObject({
      ok: false,
      fault: 'malformed',
    });
  });
});
