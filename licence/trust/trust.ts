import { type Catalogue, parseCatalogue } from './catalogue.ts';
import { type CityKeys, parseCityKeys } from './city-keys.ts';
import { type Issuer, parseIssuers } from './issuers.ts';
import { openTrustFiles, type TrustFiles, type TrustVersions, type TufFaultName } from './tuf.ts';

/** Names of the targets every terminal needs. */
export const TARGET = { issuers: 'issuers.cbor', city: 'city.json', catalogue: 'catalogue.json' } as const;

/** Everything a terminal believes, opened from signed files. */
export interface Trust {
  readonly versions: TrustVersions;
  /** unix ms from which nothing rests on it any more */
  readonly expires: number;
  readonly issuers: readonly Issuer[];
  readonly city: CityKeys;
  readonly catalogue: Catalogue;
}

export type OpenedTrust =
  | { readonly ok: true; readonly trust: Trust }
  | { readonly ok: false; readonly fault: TufFaultName; readonly detail: string };

/** Checks the files and reads the targets out of them. Both the agent (before storing) and the terminal (at load) call it. */
export function openTrust(files: TrustFiles, floors?: TrustVersions): OpenedTrust {
  const opened = openTrustFiles(files, floors);
  if (!opened.ok) return opened;
  const issuers = parseIssuers(target(opened.files, TARGET.issuers));
  if (typeof issuers === 'string') return malformed(issuers);
  const city = parseCityKeys(parseJson(target(opened.files, TARGET.city)));
  if (typeof city === 'string') return malformed(city);
  const catalogue = parseCatalogue(parseJson(target(opened.files, TARGET.catalogue)));
  if (typeof catalogue === 'string') return malformed(catalogue);
  return {
    ok: true,
    trust: { versions: opened.versions, expires: opened.expires, issuers, city, catalogue },
  };
}

function target(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  return files.get(name) ?? new Uint8Array(0);
}

/** Bytes that are no JSON become undefined, which no schema accepts. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function malformed(detail: string): OpenedTrust {
  return { ok: false, fault: 'malformed', detail };
}
