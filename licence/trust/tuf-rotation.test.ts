import { createHash } from 'node:crypto';
import { Metadata, MetadataKind, Signature } from '@tufjs/models';
import { describe, expect, it } from 'vitest';
import type { SigningKey } from '../issue/signing-key.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { demoRoot, demoTimestamp, demoTrustSet } from '../testing/trust-set.ts';
import { nextRoot, openRoot, openTimestamp, openTrustFiles } from './tuf.ts';

const FILES = new Map([['a.json', new TextEncoder().encode('{}')]]);

describe('a root of 2 of 3 keys, followed by one of 2 of 3 others', () => {
  const first = demoRoot({ version: 1, keys: ['a', 'b', 'c'], threshold: 2 });
  const followedBy = (...signers: readonly string[]) =>
    nextRoot(first, demoRoot({ version: 2, keys: ['d', 'e', 'f'], threshold: 2, signers }));

  it('opens with two signatures of each', () => {
    expect(followedBy('a', 'c', 'd', 'f')).toEqual({ ok: true, version: 2 });
  });

  it.each([
    ['one of the old', ['a', 'd', 'e', 'f']],
    ['one of the new', ['a', 'b', 'c', 'd']],
    ['two in all, one of each', ['a', 'd']],
    ['none of the old, however many of the new', ['d', 'e', 'f']],
  ])('is not signed with only %s', (_, signers) => {
    expect(followedBy(...signers)).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('a thief of one key of each, with any number of keys of his own, has not signed it', () => {
    expect(followedBy('a', 'd', 'thief', 'another thief')).toMatchObject({ fault: 'not-signed' });
  });
});

describe('a key that stays from root to root', () => {
  const first = demoRoot({ version: 1, keys: ['a', 'b', 'c'], threshold: 2 });

  it('signs for both with one signature', () => {
    const second = demoRoot({ version: 2, keys: ['b', 'c', 'd'], threshold: 2, signers: ['b', 'c'] });
    expect(nextRoot(first, second)).toEqual({ ok: true, version: 2 });
  });

  it('does not count where it was withdrawn: the withdrawn key can’t take part in withdrawing the others', () => {
    const second = demoRoot({ version: 2, keys: ['b', 'c', 'd'], threshold: 2, signers: ['b', 'c'] });
    const third = demoRoot({
      version: 3,
      keys: ['a', 'thief', 'b'],
      threshold: 2,
      signers: ['a', 'b', 'thief'],
    });
    expect(nextRoot(second, third)).toMatchObject({ ok: false, fault: 'not-signed' });
  });
});

describe('a threshold', () => {
  it('may be raised by a root that meets both the old and the new', () => {
    const first = demoRoot({ version: 1, keys: ['a'] });
    const second = demoRoot({ version: 2, keys: ['a', 'b', 'c'], threshold: 3 });
    expect(nextRoot(first, second)).toEqual({ ok: true, version: 2 });
  });

  it('is not met by one key’s signature put under another’s id as well', () => {
    const root = JSON.parse(
      Buffer.from(demoRoot({ keys: ['a', 'b'], threshold: 2, signers: ['a'] })).toString(),
    );
    const [, second] = root.signed.roles.root.keyids;
    root.signatures.push({ ...root.signatures[0], keyid: second });
    expect(openRoot(Buffer.from(JSON.stringify(root)))).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('can’t be asked of fewer keys than it says: a root nobody could follow is none', () => {
    expect(openRoot(demoRoot({ keys: ['a', 'b'], threshold: 3 }))).toMatchObject({ fault: 'not-signed' });
  });
});

describe('a timestamp key that was stolen, and withdrawn by root 2', () => {
  const held = demoTrustSet(FILES, 4);
  const fresh = demoKey('new timestamp');
  const root = rootWithTimestampKeys([fresh]);
  const renewed = demoTimestamp({ version: 4, bytes: held.snapshot }, { version: 5 }, fresh);

  it('root 2 follows root 1, and what its own key signs opens under it', () => {
    expect(nextRoot(held.root, root)).toEqual({ ok: true, version: 2 });
    expect(openTrustFiles({ ...held, root, timestamp: renewed })).toMatchObject({
      ok: true,
      versions: { root: 2, timestamp: 5 },
    });
  });

  it('what it signed before is not signed under root 2, though it is the very file held', () => {
    expect(openTimestamp(root, held.timestamp)).toMatchObject({ ok: false, fault: 'not-signed' });
    expect(openTrustFiles({ ...held, root })).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('what it signs from now on is not signed under root 2, however high its version', () => {
    const timestamp = demoTimestamp({ version: 4, bytes: held.snapshot }, { version: 1_000_000 });
    expect(openTrustFiles({ ...held, root, timestamp })).toMatchObject({ ok: false, fault: 'not-signed' });
  });

  it('what the new key signs is not signed under root 1: the two roots don’t mix', () => {
    expect(openTrustFiles({ ...held, timestamp: renewed })).toMatchObject({ fault: 'not-signed' });
  });

  it('signs nothing alone where root 2 asks for two of which it is one', () => {
    const both = rootWithTimestampKeys([fresh, demoKey('timestamp')], 2);
    expect(openTrustFiles({ ...held, root: both })).toMatchObject({ ok: false, fault: 'not-signed' });
  });
});

/** Root 2 of the demo world with these keys for timestamps. */
function rootWithTimestampKeys(keys: readonly SigningKey[], threshold = 1): Uint8Array {
  const root = JSON.parse(Buffer.from(demoRoot({ version: 2, signers: [] })).toString());
  root.signed.roles.timestamp = { keyids: keys.map(keyId), threshold };
  for (const key of keys) {
    const keyval = { public: Buffer.from(key.publicKey).toString('hex') };
    root.signed.keys[keyId(key)] = { keytype: 'ed25519', scheme: 'ed25519', keyval };
  }
  const metadata = Metadata.fromJSON(MetadataKind.Root, root);
  const signer = demoKey('root');
  metadata.sign((bytes) => {
    return new Signature({ keyID: keyId(signer), sig: Buffer.from(signer.sign(bytes)).toString('hex') });
  });
  return new Uint8Array(Buffer.from(JSON.stringify(metadata.toJSON())));
}

/** As the demo metadata names its keys. */
function keyId({ publicKey }: SigningKey): string {
  return createHash('sha256').update(publicKey).digest('hex');
}
