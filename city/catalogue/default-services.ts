import type { Service } from '../../licence/trust/catalogue.ts';
import { BRANCH_REGISTRATION } from './services/branch-registration.ts';
import { CONSTRUCTION_PERMIT } from './services/construction-permit.ts';
import { MEDICAL_INSURANCE } from './services/medical-insurance.ts';
import { PROPERTY_TRANSACTION } from './services/property-transaction.ts';
import { ROAD_ENFORCEMENT } from './services/road-enforcement.ts';
import { SCHOOL_ENROLMENT } from './services/school-enrolment.ts';
import { SITE_INSPECTION } from './services/site-inspection.ts';

/** The seven uses of the pilot (services.md). What a field shows is still masked as its kind says. */
export const DEFAULT_SERVICES: readonly Service[] = [
  BRANCH_REGISTRATION,
  MEDICAL_INSURANCE,
  CONSTRUCTION_PERMIT,
  ROAD_ENFORCEMENT,
  SCHOOL_ENROLMENT,
  PROPERTY_TRANSACTION,
  SITE_INSPECTION,
];
