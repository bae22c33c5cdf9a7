import { z } from 'zod';
import { generateAuditKey } from '../../licence/audit/seal.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { CityKeys } from '../../licence/trust/city-keys.ts';
import type { KeyFolder, WhenAbsent } from './key-folder.ts';
import { signingKeyFile } from './signing-key-file.ts';

/** The keys of the TUF roles. Root and targets belong offline; snapshot and timestamp sign every day. */
export interface RoleKeys {
  readonly root: SigningKey;
  readonly targets: SigningKey;
  readonly snapshot: SigningKey;
  readonly timestamp: SigningKey;
}

/** Every key that is the city's own; issuers have theirs. */
export interface CityKeySet {
  readonly roles: RoleKeys;
  /** Signs receipts, times, resolve answers and maintenance grants. */
  readonly city: SigningKey;
  /** X25519, raw: what personal parts of audit rows are sealed to. */
  readonly audit: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
}

export async function openCityKeySet(folder: KeyFolder, whenAbsent: WhenAbsent): Promise<CityKeySet> {
  return {
    roles: {
      root: signingKeyFile(folder, 'root', whenAbsent),
      targets: signingKeyFile(folder, 'targets', whenAbsent),
      snapshot: signingKeyFile(folder, 'snapshot', whenAbsent),
      timestamp: signingKeyFile(folder, 'timestamp', whenAbsent),
    },
    city: signingKeyFile(folder, 'city', whenAbsent),
    audit: await auditKeyFile(folder, whenAbsent),
  };
}

/** What of them terminals are told. */
export function publicCityKeys(keys: CityKeySet): CityKeys {
  return {
    keys: [{ x: keys.city.publicKey, uses: ['receipt', 'time', 'resolve', 'grant'] }],
    auditKey: keys.audit.publicKey,
  };
}

const auditKeyText = z.strictObject({ publicKey: z.string(), privateKey: z.string() });

async function auditKeyFile(folder: KeyFolder, whenAbsent: WhenAbsent): Promise<CityKeySet['audit']> {
  // WebCrypto makes keys asynchronously, so one is made ahead and thrown away when the file is there
  const fresh = whenAbsent === 'make' ? await generateAuditKey() : undefined;
  const text = folder.text('audit.key', whenAbsent, () =>
    JSON.stringify({ publicKey: base64url(fresh?.publicKey), privateKey: base64url(fresh?.privateKey) }),
  );
  const kept = auditKeyText.parse(JSON.parse(text));
  return { publicKey: raw(kept.publicKey), privateKey: raw(kept.privateKey) };
}

function base64url(bytes: Uint8Array | undefined): string {
  if (!bytes) throw new Error('an audit key was to be made, but none is at hand');
  return Buffer.from(bytes).toString('base64url');
}

function raw(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
