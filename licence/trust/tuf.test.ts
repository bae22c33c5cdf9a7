import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY, demoKey, NOW } from '../testing/demo-issuer.ts';
import { demoRoot, demoSnapshot, demoTargets, demoTimestamp, demoTrustSet } from '../testing/trust-set.ts';
import {
  MAX_METADATA_BYTES,
  nextRoot,
  openRoot,
  openSnapshot,
  openTargets,
  openTimestamp,
  rootFingerprint,
} from './tuf.ts';

const FILES = new Map([['a.json', new TextEncoder().encode('{}')]]);
const SET = demoTrustSet(FILES);
const THIEF = demoKey('a thief');

describe('a root checked against itself', () => {
  it('opens with its version', () => {
    expect(openRoot(demoRoot({ version: 3 }))).toEqual({ ok: true, version: 3 });
  });

  it('is not signed when nobody signed it', () => {
    expect(openRoot(demoRoot({ signers: [] }))).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('is not signed when too few did', () => {
    const root = demoRoot({ keys: ['a', 'b', 'c'], threshold: 2, signers: ['a'] });
    expect(openRoot(root)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('opens when as many did as it asks for', () => {
    expect(openRoot(demoRoot({ keys: ['a', 'b', 'c'], threshold: 2, signers: ['a', 'c'] }))).toMatchObject({
      ok: true,
    });
  });

  it('is not signed once a version in it was changed', () => {
    const forged = Buffer.from(demoRoot()).toString().replace('"version":1', '"version":2');
    expect(openRoot(Buffer.from(forged))).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('has a fingerprint that an enrolment code can carry: 16 bytes of SHA-256', () => {
    const sha256 = createHash('sha256').update(SET.root).digest();
    expect(rootFingerprint(SET.root)).toEqual(new Uint8Array(sha256.subarray(0, 16)));
  });
});

describe('root N + 1 after root N', () => {
  const first = demoRoot({ version: 1, keys: ['old'] });

  it('opens when the keys of both signed it', () => {
    const second = demoRoot({ version: 2, keys: ['new'], signers: ['old', 'new'] });
    expect(nextRoot(first, second)).toEqual({ ok: true, version: 2 });
  });

  it('is not signed without the old keys: a stranger can’t take over', () => {
    const second = demoRoot({ version: 2, keys: ['new'], signers: ['new'] });
    expect(nextRoot(first, second)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('is not signed without its own keys: nobody can be locked out', () => {
    const second = demoRoot({ version: 2, keys: ['new'], signers: ['old'] });
    expect(nextRoot(first, second)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('needs the threshold of the old root, not only of the new', () => {
    const strict = demoRoot({ version: 1, keys: ['a', 'b'], threshold: 2 });
    const second = demoRoot({ version: 2, keys: ['a'], signers: ['a'] });
    expect(nextRoot(strict, second)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it.each([1, 3])('is a rollback as version %i: none is passed over or taken twice', (version) => {
    const other = demoRoot({ version, keys: ['old'] });
    expect(nextRoot(first, other)).toMatchObject({ ok: false, fault: 'rollback' });
  });
});

describe('the files on their way down', () => {
  it('a timestamp names its snapshot', () => {
    const timestamp = demoTimestamp({ version: 8, bytes: SET.snapshot }, { version: 9 });
    expect(openTimestamp(SET.root, timestamp)).toEqual({ ok: true, version: 9, snapshotVersion: 8 });
  });

  it('a snapshot names its targets metadata', () => {
    const snapshot = demoSnapshot({ version: 7, bytes: SET.targets }, { version: 8 });
    expect(openSnapshot(SET.root, snapshot)).toEqual({ ok: true, version: 8, targetsVersion: 7 });
  });

  it('targets metadata names the files with length and SHA-256', () => {
    expect(openTargets(SET.root, SET.targets)).toEqual({
      ok: true,
      version: 1,
      targets: [{ name: 'a.json', length: 2, sha256: createHash('sha256').update('{}').digest('hex') }],
    });
  });

  it.each([
    ['timestamp', openTimestamp, demoTimestamp({ version: 1, bytes: SET.snapshot }, {}, THIEF)],
    ['snapshot', openSnapshot, demoSnapshot({ version: 1, bytes: SET.targets }, {}, THIEF)],
    ['targets', openTargets, demoTargets(FILES, {}, THIEF)],
  ])('a %s that a stranger signed is not signed', (_, open, bytes) => {
    expect(open(SET.root, bytes)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it.each([
    ['timestamp', openTimestamp, demoTimestamp({ version: 1, bytes: SET.snapshot }, {}, demoKey('root'))],
    ['targets', openTargets, demoTargets(FILES, {}, demoKey('timestamp'))],
  ])('a %s that another role signed is not signed', (_, open, bytes) => {
    expect(open(SET.root, bytes)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('past its expiry it still opens: expiry is reported, not judged', () => {
    const timestamp = demoTimestamp({ version: 1, bytes: SET.snapshot }, { expires: NOW - 9 * DAY });
    expect(openTimestamp(SET.root, timestamp)).toMatchObject({ ok: true });
  });
});

describe('a metadata file is malformed', () => {
  const text = (json: string) => new TextEncoder().encode(json);

  it.each([
    ['of no bytes', text('')],
    ['cut off', SET.root.subarray(0, 100)],
    ['that is no JSON', text('<html>')],
    ['that is null', text('null')],
    ['that is a list', text('[]')],
    ['that has nothing signed', text('{"signatures":[]}')],
    ['of another role', SET.targets],
    ['past 256 KiB', new Uint8Array(MAX_METADATA_BYTES + 1).fill(0x20)],
  ])('%s', (_, bytes) => {
    expect(openRoot(bytes)).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it('with a threshold of nobody', () => {
    const json = Buffer.from(demoRoot()).toString().replaceAll('"threshold":1', '"threshold":0');
    expect(openRoot(text(json))).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it.each([0, -1, 1e300])('with version %d, which no store could pin', (version) => {
    expect(openRoot(demoRoot({ version }))).toMatchObject({ ok: false, fault: 'malformed' });
  });

  it('with the same key signing twice', () => {
    const root = JSON.parse(Buffer.from(demoRoot()).toString());
    root.signatures.push(root.signatures[0]);
    expect(openRoot(text(JSON.stringify(root)))).toMatchObject({ ok: false, fault: 'malformed' });
  });
});
