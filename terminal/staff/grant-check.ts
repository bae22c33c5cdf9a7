import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { parseGrant } from '../../licence/wire/grant-text.ts';
import { openMaintenanceGrant } from '../../licence/wire/maintenance-grant.ts';
import type { CityKnowledge } from '../core/city-knowledge.ts';

export interface GrantCheckParts {
  readonly knowledge: Pick<CityKnowledge, 'trust' | 'time'>;
  readonly verifier: SignatureVerifier;
  readonly terminalId: Uint8Array;
}

/** Whether a text is the city's grant for this terminal and this member of staff that holds now. */
export function checkGrant(text: string, staffId: string, parts: GrantCheckParts): { readonly ok: boolean } {
  const { knowledge, verifier, terminalId } = parts;
  const bytes = parseGrant(text);
  const time = knowledge.time();
  if (!bytes || !time.trusted) return { ok: false };
  const keys =
    knowledge.trust?.city.keys.filter(({ uses }) => uses.includes('grant')).map(({ x }) => x) ?? [];
  const nowSeconds = time.unixMs / 1000;
  const opened = openMaintenanceGrant(bytes, { terminalId, keys, verifier, nowSeconds });
  return { ok: opened.ok && opened.value.staff === staffId };
}
