import { nativeVerifier } from '../licence/ed25519/native-verifier.ts';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import { toCityKeysJson } from '../licence/trust/city-keys.ts';
import { encodeIssuers } from '../licence/trust/issuers.ts';
import { TARGET } from '../licence/trust/trust.ts';
import { AuditIntake } from './audit/audit-intake.ts';
import { AuditLog } from './audit/audit-log.ts';
import { type Clock, systemClock } from './clock.ts';
import { Enrolment } from './fleet/enrolment.ts';
import { RequestMemory } from './fleet/request-memory.ts';
import { Terminals } from './fleet/terminals.ts';
import { DelegationRegister } from './issuing/delegation-register.ts';
import { HolderLookUp } from './issuing/holder-look-up.ts';
import { IssuerRegister } from './issuing/issuer-register.ts';
import { LicenceRegister } from './issuing/licence-register.ts';
import { StateRegister } from './issuing/state-register.ts';
import { StatusLists } from './issuing/status-lists.ts';
import { type CityKeySet, openCityKeySet, publicCityKeys } from './keys/city-key-set.ts';
import { KeyFolder } from './keys/key-folder.ts';
import { Changes } from './store/changes.ts';
import type { CityDatabase } from './store/city-tables.ts';
import { hasCityDatabase, openCityDatabase } from './store/open-city-database.ts';
import { CatalogueDesk, catalogueBytes, EMPTY_CATALOGUE } from './trust/catalogue-desk.ts';
import { TrustPublisher } from './trust/trust-publisher.ts';

export interface CityOptions {
  /** Data folder; made when absent. */
  readonly data: string;
  readonly clock?: Clock;
}

/** Every part of one city, over one data folder. The server and each command open their own; they may run at once. */
export interface City {
  readonly clock: Clock;
  readonly verifier: SignatureVerifier;
  readonly keys: CityKeySet;
  readonly trust: TrustPublisher;
  readonly catalogue: CatalogueDesk;
  readonly issuers: IssuerRegister;
  readonly licences: LicenceRegister;
  readonly delegations: DelegationRegister;
  readonly states: StateRegister;
  readonly statusLists: StatusLists;
  readonly lookUp: HolderLookUp;
  readonly enrolment: Enrolment;
  readonly terminals: Terminals;
  readonly requests: RequestMemory;
  readonly auditIntake: AuditIntake;
  readonly auditLog: AuditLog;
  readonly changes: Changes;
  close(): Promise<void>;
}

/**
 * Opens a city; the first time makes its keys and publishes its first trust metadata.
 *
 * @throws when a key file is missing or isn't the one that was published.
 */
export async function openCity({ data, clock = systemClock }: CityOptions): Promise<City> {
  const database = openCityDatabase(data);
  try {
    const whenAbsent = (await hasPublished(database)) ? 'fail' : 'make';
    const folder = new KeyFolder(data);
    const keys = await openCityKeySet(folder, whenAbsent);
    const trust = new TrustPublisher(database, keys.roles, clock);
    await trust.begin(
      new Map([[TARGET.city, json(toCityKeysJson(publicCityKeys(keys)))]]),
      new Map([
        [TARGET.issuers, encodeIssuers([])],
        [TARGET.catalogue, catalogueBytes(EMPTY_CATALOGUE)],
      ]),
    );
    const statusLists = new StatusLists(database, folder, trust, clock);
    const enrolment = new Enrolment(database, trust, clock);
    return {
      clock,
      verifier: nativeVerifier(),
      keys,
      trust,
      catalogue: new CatalogueDesk(database, trust),
      issuers: new IssuerRegister(database, folder, trust, statusLists, clock),
      licences: new LicenceRegister(database, folder, statusLists, clock),
      delegations: new DelegationRegister(database, folder, statusLists, clock),
      states: new StateRegister(database, statusLists, clock),
      statusLists,
      lookUp: new HolderLookUp(database, clock),
      enrolment,
      terminals: new Terminals(database, enrolment, clock),
      requests: new RequestMemory(database, clock),
      auditIntake: new AuditIntake(database, clock),
      auditLog: new AuditLog(database),
      changes: new Changes(database, clock),
      close: () => database.destroy(),
    };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

/** Whether `openCity` would find a city in this folder rather than make one. */
export function cityExists(data: string): boolean {
  return hasCityDatabase(data);
}

async function hasPublished(database: CityDatabase): Promise<boolean> {
  return (await database.selectFrom('trust_role').select('role').limit(1).executeTakeFirst()) !== undefined;
}

function json(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}
