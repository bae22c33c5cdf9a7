import { randomBytes } from 'node:crypto';
import { generateAuditKey, openPersonal } from '../../licence/audit/seal.ts';
import type { SignedTime } from '../../licence/best-time.ts';
import { type Licence, PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import { toCodeText } from '../../licence/code-text.ts';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import {
  admittedKey,
  demoCode,
  demoIssuer,
  demoKey,
  demoStatusList,
  ISSUER_KEY,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../../licence/testing/demo-issuer.ts';
import { demoTrustSet } from '../../licence/testing/trust-set.ts';
import { toCityKeysJson } from '../../licence/trust/city-keys.ts';
import { encodeIssuers, type Issuer } from '../../licence/trust/issuers.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import type { TrustFiles } from '../../licence/trust/tuf.ts';
import { REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import { sealTimeAnswer } from '../../licence/wire/time-answer.ts';
import type { StoredStatusList, SyncStore } from '../store/sync-store.ts';
import { DEMO_CATALOGUE } from './demo-catalogue.ts';

/** Where the demo world stands in time, unix ms. */
export const NOW_MS = NOW * 1000;

/** What the demo city signs its answers to reference codes with. */
export const RESOLVER_KEY = demoKey('resolver');

/** What it signs times with. */
export const TIME_KEY = demoKey('time');

/** What it signs maintenance grants with. */
export const GRANT_KEY = demoKey('grant');

/** Stores a time with the city's signature on its floor, as the agent does. */
export function signTime(store: SyncStore, time: SignedTime): void {
  const answer = { requestId: new Uint8Array(REQUEST_ID_BYTES), unixMs: time.floorMs };
  store.saveSignedTime(time, sealTimeAnswer(answer, TIME_KEY));
}

/** The city of the demo world of `licence/testing`: writes into `sync.db` what the agent would have fetched from it. */
export class DemoCity {
  readonly #auditKey: Awaited<ReturnType<typeof generateAuditKey>>;

  private constructor(auditKey: Awaited<ReturnType<typeof generateAuditKey>>) {
    this.#auditKey = auditKey;
  }

  static async found(): Promise<DemoCity> {
    return new DemoCity(await generateAuditKey());
  }

  /** What the agent has after its first talk with the city: enrolment, trust, a list that revokes none, the time. */
  enrol(store: SyncStore): void {
    const trust = this.trust();
    store.saveEnrolment({ terminalId: new Uint8Array(16), city: 'https://city.example' }, trust.root);
    store.saveTrust(trust);
    store.saveStatusList(revocationList([]));
    signTime(store, { offsetMs: 0, floorMs: NOW_MS });
  }

  trust(version = 1, changes: Partial<Issuer> = {}): TrustFiles {
    const kinds = DEMO_CATALOGUE.kinds.map(({ id }) => id);
    const status = admittedKey(STATUS_KEY, { uses: ['status'], kinds: [] });
    const issuer = demoIssuer({ keys: [admittedKey(ISSUER_KEY, { kinds }), status], ...changes });
    const city = toCityKeysJson({
      keys: [
        { x: RESOLVER_KEY.publicKey, uses: ['resolve'] },
        { x: TIME_KEY.publicKey, uses: ['time'] },
        { x: GRANT_KEY.publicKey, uses: ['grant'] },
      ],
      auditKey: this.#auditKey.publicKey,
    });
    const files = new Map([
      [TARGET.issuers, encodeIssuers([issuer])],
      [TARGET.city, jsonBytes(city)],
      [TARGET.catalogue, jsonBytes(DEMO_CATALOGUE)],
    ]);
    return demoTrustSet(files, version);
  }

  /** Opens the personal part of an audit row. */
  openSealed(sealed: Uint8Array): Promise<Uint8Array> {
    return openPersonal(sealed, this.#auditKey.privateKey);
  }
}

/** The demo issuer's list as the agent stores it. @param iat unix seconds */
export function revocationList(revoked: readonly number[], iat = NOW - 600): StoredStatusList {
  return {
    uri: LIST_URI,
    iat,
    token: issueStatusList(demoStatusList(revoked, { iat }), STATUS_KEY),
    etag: null,
  };
}

/** A code the demo holder's phone shows, another one at every call. @param iat unix seconds of the presentation. */
export function phoneCode(licence: Partial<Licence> = {}, iat = NOW): string {
  const cti = new Uint8Array(randomBytes(PRESENTATION_CTI_BYTES));
  return toCodeText(demoCode({ licence, presentation: { iat, cti } }));
}

function jsonBytes(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}
