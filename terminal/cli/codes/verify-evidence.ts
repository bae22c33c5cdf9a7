import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import type { StatusList } from '../../../licence/status/status-list.ts';
import { type Catalogue, parseCatalogue, type Service } from '../../../licence/trust/catalogue.ts';
import { parseIssuers } from '../../../licence/trust/issuers.ts';
import type { VerifyContext } from '../../../licence/verify.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import { readBounded } from './verify-input.ts';
import { Misuse } from './verify-misuse.ts';
import { statusFolder } from './verify-status-folder.ts';
import { openStatusLists, type StatusListToken } from './verify-status-lists.ts';
import { storedCity } from './verify-store-trust.ts';

/** Where what is judged by comes from: files the operator names, or else the stores of a terminal. */
export interface EvidenceWish {
  readonly folder: DataFolder;
  /** `issuers.cbor`, trusted because the operator names it. */
  readonly issuers?: string;
  /** `catalogue.json`, beside `issuers` alone. */
  readonly catalogue?: string;
  /** In place of the lists of the stores. */
  readonly statusDir?: string;
  /** Id of the service to judge for. */
  readonly service?: string;
}

export interface Evidence {
  readonly trust: NonNullable<VerifyContext['trust']>;
  readonly service: Service;
  readonly catalogue: Catalogue | undefined;
  readonly statusLists: ReadonlyMap<string, StatusList>;
}

/** As large as a trust target may be. */
const MAX_TARGET_BYTES = 1024 * 1024;

/** @throws Misuse with a sentence, or the system's own error that names the path. */
export function openEvidence(
  wish: EvidenceWish,
  verifier: SignatureVerifier,
  complain: (sentence: string) => void,
): Evidence {
  if (wish.catalogue !== undefined && wish.issuers === undefined) {
    throw new Misuse('--catalogue goes with --issuers; the stores have a catalogue of their own');
  }
  const { trust, catalogue, tokens } =
    wish.issuers === undefined ? fromStores(wish.folder) : fromFiles(wish.issuers, wish.catalogue);
  const given = wish.statusDir === undefined ? tokens : statusFolder(wish.statusDir, complain);
  const statusLists = openStatusLists(given, trust.issuers, verifier, complain);
  if (statusLists.size === 0) complain('no status list is held, so no licence can be accepted');
  if (!catalogue) complain('no catalogue: no fields are shown');
  return { trust, catalogue, service: chosenService(wish.service, catalogue, trust), statusLists };
}

interface Source extends Pick<Evidence, 'trust' | 'catalogue'> {
  readonly tokens: readonly StatusListToken[];
}

function fromStores(folder: DataFolder): Source {
  const { trust, statusLists } = storedCity(folder);
  return { trust, catalogue: trust.catalogue, tokens: statusLists };
}

function fromFiles(issuersPath: string, cataloguePath: string | undefined): Source {
  const issuers = parseIssuers(readBounded(issuersPath, MAX_TARGET_BYTES));
  if (typeof issuers === 'string') throw new Misuse(`${issuersPath}: ${issuers}`);
  // a file says nothing of how long it holds: whoever names it answers for that
  const trust = { issuers, expires: Number.POSITIVE_INFINITY };
  const catalogue = cataloguePath === undefined ? undefined : readCatalogue(cataloguePath);
  return { trust, catalogue, tokens: [] };
}

function readCatalogue(path: string): Catalogue {
  const text = Buffer.from(readBounded(path, MAX_TARGET_BYTES)).toString('utf8');
  const catalogue = parseCatalogue(parseJson(path, text));
  if (typeof catalogue === 'string') throw new Misuse(`${path}: ${catalogue}`);
  return catalogue;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Misuse(`${path}: ${error.message}`);
    throw error;
  }
}

function chosenService(
  id: string | undefined,
  catalogue: Catalogue | undefined,
  trust: Evidence['trust'],
): Service {
  if (id === undefined) return anyService(catalogue, trust);
  if (!catalogue) throw new Misuse('--service needs a catalogue: --catalogue, beside --issuers');
  const service = catalogue.services.find((candidate) => candidate.id === id);
  if (service) return service;
  const known = catalogue.services.map((candidate) => candidate.id).join(', ');
  throw new Misuse(`no service ${id}; the catalogue has ${known || 'none'}`);
}

/** How long a presentation stays fresh where no service says so. */
const ANY_FRESHNESS_SECONDS = 60;

/** The policy where no service is chosen: every kind that some issuer may sign, a holder proof where the licence is bound. */
function anyService(catalogue: Catalogue | undefined, { issuers }: Evidence['trust']): Service {
  const kinds = issuers.flatMap(({ keys }) => keys.flatMap((key) => key.kinds));
  const labels = catalogue?.kinds.flatMap(({ fields }) => fields.map(({ label }) => label)) ?? [];
  return {
    id: 'any',
    names: { zh: '任何', en: 'any' },
    kinds: [...new Set(kinds)],
    holderProof: 'if-bound',
    freshnessSeconds: ANY_FRESHNESS_SECONDS,
    delegation: 'accepted',
    shownFields: [...new Set(labels)],
  };
}
