import { type OpenedTrust, openTrust } from '../../licence/trust/trust.ts';
import { nextRoot, type TrustFiles } from '../../licence/trust/tuf.ts';
import { floorsAfter } from '../../licence/trust/version-floors.ts';
import type { PinnedTrust, TrustPin } from '../store/trust-pin.ts';

/**
 * Opens a trust set only if its root is the pinned one or follows from it, step by step, and no version went back. The
 * first set ever opened is pinned: the agent had its root's fingerprint from the enrolment code.
 *
 * @param rootAfter the stored root that follows a version.
 */
export function openPinnedTrust(
  files: TrustFiles,
  pin: Pick<TrustPin, 'read' | 'save'>,
  rootAfter: (version: number) => Uint8Array | undefined,
): OpenedTrust {
  const pinned = pin.read();
  const sameRoot = pinned !== undefined && equal(pinned.root, files.root);
  if (pinned && !sameRoot && !follows(pinned, files.root, rootAfter)) {
    return {
      ok: false,
      fault: 'not-signed',
      detail: 'its root does not follow from the one this terminal trusts',
    };
  }
  const floors =
    pinned && (sameRoot ? pinned.versions : floorsAfter(pinned.root, files.root, pinned.versions));
  const opened = openTrust(files, floors);
  if (opened.ok) pin.save({ root: files.root, versions: opened.trust.versions });
  return opened;
}

/** Roots a terminal may have missed while it was off. */
const MAX_ROOTS_WALKED = 64;

function follows(
  pinned: PinnedTrust,
  root: Uint8Array,
  rootAfter: (version: number) => Uint8Array | undefined,
): boolean {
  let current = pinned.root;
  for (
    let { root: version } = pinned.versions;
    version < pinned.versions.root + MAX_ROOTS_WALKED;
    version++
  ) {
    const next = rootAfter(version);
    if (!next || !nextRoot(current, next).ok) return false;
    if (equal(next, root)) return true;
    current = next;
  }
  return false;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
