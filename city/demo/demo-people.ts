import type { DemoPerson } from './demo-person.ts';
import { DELEGATES } from './people-delegates.ts';
import { FAMILIES } from './people-families.ts';
import { NEWCOMERS } from './people-newcomers.ts';
import { OWNERS } from './people-owners.ts';
import { PATIENTS } from './people-patients.ts';
import { WORKERS } from './people-workers.ts';

/** Everybody the phone page can be. Between them they hold every kind and every way to fail. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...PATIENTS,
  ...WORKERS,
  ...OWNERS,
  ...DELEGATES,
  ...FAMILIES,
  ...NEWCOMERS,
];
