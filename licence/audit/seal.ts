import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

/**
 * HPKE (RFC 9180, base mode, X25519 / HKDF-SHA256 / AES-256-GCM) for the personal part of an audit row. Only the
 * city's audit key opens it; the terminal that sealed it can't. Sealed bytes = encapsulated key (32) ‖ ciphertext.
 */
export async function sealPersonal(plain: Uint8Array, auditKey: Uint8Array): Promise<Uint8Array> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(exact(auditKey));
  const sender = await suite.createSenderContext({ recipientPublicKey, info: INFO });
  const ciphertext = await sender.seal(exact(plain));
  return new Uint8Array(Buffer.concat([new Uint8Array(sender.enc), new Uint8Array(ciphertext)]));
}

/** @throws for anything not sealed to this key. @param privateKey 32 raw bytes, X25519. */
export async function openPersonal(sealed: Uint8Array, privateKey: Uint8Array): Promise<Uint8Array> {
  const recipientKey = await suite.kem.deserializePrivateKey(exact(privateKey));
  const recipient = await suite.createRecipientContext({
    recipientKey,
    enc: exact(sealed.subarray(0, 32)),
    info: INFO,
  });
  return new Uint8Array(await recipient.open(exact(sealed.subarray(32))));
}

/** A new audit key pair, raw. */
export async function generateAuditKey(): Promise<{
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

const INFO = new TextEncoder().encode('liangzheng audit 1').buffer;

/** WebCrypto wants an ArrayBuffer of its own, not a view of a larger one. */
function exact(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
