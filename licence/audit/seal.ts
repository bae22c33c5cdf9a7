import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, type SenderContext } from '@hpke/core';

/**
 * HPKE (RFC 9180, base mode, X25519 / HKDF-SHA256 / AES-256-GCM) for the personal part of an audit row. Only the
 * city's audit key opens it; the terminal that sealed it can't. Sealed bytes = encapsulated key (32) ‖ ciphertext.
 *
 * The key agreement, nine tenths of the work, is done ahead for the next seal, since a person waits for this one. Each
 * is used once.
 */
export class PersonalSealer {
  readonly #auditKey: Uint8Array;
  #ahead: Promise<SenderContext> | undefined;

  /** @param auditKey the city's X25519 key, 32 raw bytes. */
  constructor(auditKey: Uint8Array) {
    this.#auditKey = auditKey;
    this.#ahead = this.#agree();
  }

  /** @throws if the audit key is none. */
  async seal(plain: Uint8Array): Promise<Uint8Array> {
    const agreed = this.#ahead ?? this.#agree();
    this.#ahead = undefined;
    const sender = await agreed;
    const ciphertext = await sender.seal(exact(plain));
    this.#ahead ??= this.#agree();
    return new Uint8Array(Buffer.concat([new Uint8Array(sender.enc), new Uint8Array(ciphertext)]));
  }

  #agree(): Promise<SenderContext> {
    const agreed = suite.kem
      .deserializePublicKey(exact(this.#auditKey))
      .then((recipientPublicKey) => suite.createSenderContext({ recipientPublicKey, info: INFO }));
    agreed.catch(() => undefined); // told to whoever seals with it
    return agreed;
  }
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
