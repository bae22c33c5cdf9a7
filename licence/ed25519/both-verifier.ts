import { nativeVerifier } from './native-verifier.ts';
import { nobleVerifier } from './noble-verifier.ts';
import type { SignatureVerifier } from './signature-verifier.ts';

/**
 * The default: native first, and what it accepts noble must accept too. A single broken implementation can then
 * refuse a true licence but can't accept a false one.
 */
export function bothVerifier(native = nativeVerifier(), noble = nobleVerifier()): SignatureVerifier {
  return {
    name: 'both',
    check(signature, message, publicKey) {
      if (native.check(signature, message, publicKey) !== 'valid') return 'invalid';
      return noble.check(signature, message, publicKey) === 'valid' ? 'valid' : 'disagreement';
    },
  };
}
