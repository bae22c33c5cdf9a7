import type { Names } from '../contract.ts';
import type { HealthDocument } from './health-document.ts';

/** What a finding is about; `doctor` has a line for each, in this order. */
export const AREAS = [
  'terminal',
  'service',
  'clock',
  'trust',
  'lists',
  'scanners',
  'store',
  'disk',
  'agent',
  'bridge',
  'files',
] as const;
export type Area = (typeof AREAS)[number];

/** Something that is not as it should be, what it means, and what helps against it. */
export interface Finding {
  /** Stable, for programs. */
  readonly code: string;
  readonly area: Area;
  /** fail: somebody can't be served, or something is not as safe as it must be. warn: it soon may be so. */
  readonly level: 'warn' | 'fail';
  /** Which list, scanner, task or file; empty where there is only one. */
  readonly about: string;
  readonly sentence: Names;
  readonly cure: Names;
}

/** What a rule says of each thing it holds against a document. */
export type Found = Pick<Finding, 'about' | 'sentence' | 'cure'>;

/** One row of the table of findings. @typeParam Part what of a document it looks at. */
export interface Rule<Part = HealthDocument> {
  readonly code: string;
  readonly area: Area;
  readonly level: Finding['level'];
  readonly find: (document: Part) => readonly Found[];
}

/** What these rules hold against a document, in their order. */
export function applyRules<Part>(rules: readonly Rule<Part>[], document: Part): readonly Finding[] {
  return rules.flatMap(({ code, area, level, find }) =>
    find(document).map((found) => ({ code, area, level, ...found })),
  );
}

/** What fails comes first; otherwise the order stays. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => Number(one.level === 'warn') - Number(other.level === 'warn'));
}

/** Of a thing there is only one of. */
export function when(condition: boolean, sentence: Names, cure: Names): readonly Found[] {
  return condition ? [{ about: '', sentence, cure }] : [];
}
