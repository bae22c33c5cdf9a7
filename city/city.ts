import type { Catalogue } from '../licence/trust/catalogue.ts';
import type { IssuerDefinition, Issued, LicenceOrder, Revocation } from './issuing/order.ts';

// TYPES FIRST: the implementation follows; the shapes below stay.
export interface City {
  readonly issuers: { define(definition: IssuerDefinition): Promise<void> };
  readonly licences: {
    issue(order: LicenceOrder): Promise<Issued>;
    /** @param which a cti (bytes) or a sub (text). */
    revoke(which: Uint8Array | string): Promise<Revocation>;
  };
  readonly catalogue: {
    /** Publishes it when it differs from the one held. @throws when it isn't a catalogue. */
    set(catalogue: Catalogue): Promise<void>;
    current(): Promise<Catalogue>;
  };
  readonly terminals: { enrolmentCode(hours?: number): Promise<string> };
  /** unix ms */
  readonly clock: { now(): number };
  close(): Promise<void>;
}

export interface CityOptions {
  /** Data folder; made when absent. */
  readonly data: string;
  readonly clock?: { now(): number };
}

export declare function openCity(options: CityOptions): Promise<City>;
