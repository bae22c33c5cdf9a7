import { NOW } from '../../../licence/testing/demo-issuer.ts';
import { demoTargetFiles } from '../../../licence/testing/demo-trust.ts';
import { demoRoot, demoTrustSet } from '../../../licence/testing/trust-set.ts';
import { openTrust } from '../../../licence/trust/trust.ts';
import {
  nextRoot,
  openRoot,
  openSnapshot,
  openTargets,
  openTimestamp,
  openTrustFiles,
  type TrustFiles,
} from '../../../licence/trust/tuf.ts';
import { mutateJson, mutateValue, parseJson } from '../mutate-json.ts';
import { mutateTuf } from '../mutate-tuf.ts';
import type { Random } from '../seeded-random.ts';
import type { Answer, Target } from '../target.ts';
import {
  isSignedBy,
  packTrustFiles,
  ROLES,
  resignRole,
  sha256,
  signedPart,
  unpackTrustFiles,
} from '../tuf-set.ts';

/** Trust metadata: only what the true keys signed, each file the one named above it, none below its floor. */
export function tufTargets(): readonly Target[] {
  const files = demoTargetFiles();
  const [first, , ...rest] = [...files];
  const fewer = new Map(first ? [first, ...rest] : rest);
  const sets = [demoTrustSet(files, 4), demoTrustSet(files, 5), demoTrustSet(fewer, 5)];
  return [
    {
      name: 'tuf-set',
      weight: 0.6,
      seeds: sets.slice(0, 2).map(packTrustFiles),
      mutate: mutateTuf,
      run: (input) => judgeSet(unpackTrustFiles(input)),
    },
    {
      name: 'tuf-next-root',
      weight: 0.4,
      seeds: [demoRoot({ version: 2 }), demoRoot({ version: 2, expires: NOW })],
      mutate: mutateRoot,
      run: judgeRoot,
    },
  ];
}

/** As another version the terminal has seen before. */
const FLOORS = { root: 1, timestamp: 4, snapshot: 4, targets: 4 };
const CURRENT_ROOT = demoRoot({ version: 1 });

function judgeSet(set: TrustFiles): Answer {
  const opened = openTrustFiles(set, FLOORS);
  if (opened.ok) {
    const trust = openTrust(set, FLOORS);
    return {
      taken: trust.ok,
      said: trust.ok ? 'trust' : `files: ${trust.detail.slice(0, 40)}`,
      broken: setBreach(set, opened),
    };
  }
  // the agent opens them one by one as it fetches them
  const single = [
    openTimestamp(set.root, set.timestamp),
    openSnapshot(set.root, set.snapshot),
    openTargets(set.root, set.targets),
  ];
  const loose = ROLES.slice(1).find((role, i) => single[i]?.ok && !isSignedBy(role, set[role]));
  // a changed root names other keys, and is refused itself
  const unsigned = loose !== undefined && isSignedBy('root', set.root) && isPlainRoot(set.root);
  const broken = unsigned ? `${loose} is taken though its key did not sign it` : undefined;
  return { taken: false, said: `${opened.fault} ${single.map(({ ok }) => ok)}`, broken };
}

/** Whether a root names the keys of this world, and so may be held to them. */
function isPlainRoot(root: Uint8Array): boolean {
  const { keys, roles } = signedPart(root);
  const { keys: trueKeys, roles: trueRoles } = signedPart(CURRENT_ROOT);
  return JSON.stringify([keys, roles]) === JSON.stringify([trueKeys, trueRoles]);
}

function setBreach(
  set: TrustFiles,
  opened: Extract<ReturnType<typeof openTrustFiles>, { ok: true }>,
): string | undefined {
  const unsigned = ROLES.find((role) => !isSignedBy(role, set[role]));
  if (unsigned && isPlainRoot(set.root)) return `${unsigned} is taken though its key did not sign it`;
  const behind = ROLES.find((role) => !(opened.versions[role] >= FLOORS[role]));
  if (behind) return `${behind} is older than one already seen`;
  const other = ROLES.find((role) => signedPart(set[role]).version !== opened.versions[role]);
  if (other) return `${other} is taken for another version than signed`;
  const expiries = ROLES.map((role) => Date.parse(String(signedPart(set[role]).expires)));
  // NaN would compare as not yet reached, for ever
  if (!Number.isFinite(opened.expires) || opened.expires !== Math.min(...expiries))
    return 'trust that never expires';
  const targets = JSON.stringify(signedPart(set.targets).targets);
  const astray = [...opened.files].find(([, bytes]) => !targets.includes(sha256(bytes)));
  return astray ? 'a target file nobody vouches for' : undefined;
}

function mutateRoot(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const json = parseJson(input);
  if (json === undefined || random.chance(0.3)) return mutateJson(input, random, other);
  return resignRole('root', mutateValue(json, random, parseJson(other) ?? null));
}

function judgeRoot(bytes: Uint8Array): Answer {
  const next = nextRoot(CURRENT_ROOT, bytes);
  const alone = openRoot(bytes);
  if (!next.ok) return { taken: false, said: `${next.fault} ${alone.ok}` };
  const signed = isSignedBy('root', bytes) && alone.ok && next.version === 2;
  return {
    taken: true,
    said: 'next root',
    broken: signed ? undefined : 'a root that the last one did not sign',
  };
}
