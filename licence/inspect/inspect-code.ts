import { decodeBase45 } from '../base45.ts';
import { type CborValue, decodeCbor } from '../cbor/decode.ts';
import { diagnose } from '../cbor/diagnostic.ts';
import { readCode } from '../code-text.ts';
import { codeProfile, HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { inspectSign1 } from './inspect-sign1.ts';
import type { Inspection, InspectionStep } from './inspection.ts';
import { KNOWN_CODE } from './known-code.ts';

/**
 * What a code contains, up to where it stops being well formed. No signature is looked at, so whatever it says is
 * UNVERIFIED and nothing may be decided by it. Never throws for any input.
 *
 * @param scanned as `verify` takes it.
 */
export function inspectCode(scanned: Uint8Array): Inspection {
  const steps = inspectText(scanned);
  return { steps, wellFormed: steps.every(({ fault }) => fault === undefined) };
}

function inspectText(scanned: Uint8Array): readonly InspectionStep[] {
  const title = 'text form';
  const code = readCode(scanned);
  if (!code.ok) {
    const at = code.detail === 'not Base45' ? ` from character ${badGroup(scanned)} on` : '';
    const fault = `${code.reason}: ${code.detail}${at}`;
    return [{ title, found: `${scanned.length} bytes`, fault, shown: [] }];
  }
  const { bytes } = code;
  const form = bytes === scanned ? 'raw COSE' : 'LZ1: and Base45';
  return [{ title, found: `${form}, ${bytes.length} bytes`, shown: [] }, ...inspectEnvelope(bytes)];
}

const PREFIX_LENGTH = 'LZ1:'.length;
const GROUP_LENGTH = 3;

/** Offset in the text of the first group of three characters that is no Base45. */
function badGroup(scanned: Uint8Array): number {
  const text = Buffer.from(scanned)
    .toString('latin1')
    .replace(/\r?\n$/, '');
  let at = PREFIX_LENGTH;
  while (at < text.length && decodeBase45(text.slice(at, at + GROUP_LENGTH))) at += GROUP_LENGTH;
  return at;
}

function inspectEnvelope(bytes: Uint8Array): readonly InspectionStep[] {
  const title = 'CBOR envelope';
  const profile = codeProfile('top');
  const envelope = decodeCbor(bytes, profile);
  if (envelope.ok) {
    return [{ title, found: 'in the strict profile', shown: [] }, ...inspectObjects(envelope.value)];
  }
  const fault = `malformed: ${envelope.fault.name} at byte ${envelope.fault.at}`;
  const { text: notation } = diagnose(bytes, { known: KNOWN_CODE, profile });
  return [{ title, found: 'not in the strict profile', fault, shown: [{ what: 'envelope', notation }] }];
}

function inspectObjects(value: CborValue): readonly InspectionStep[] {
  const outer = inspectSign1('COSE', value, [TYP.presentation, TYP.licence]);
  if (outer.sign1?.typ !== TYP.presentation) return [outer.step];
  const { header } = outer.sign1;
  const licence = inspectSign1('licence (in header 13)', header.get(HEADER.kcwt), [TYP.licence]);
  const steps = [outer.step, licence.step];
  if (!licence.sign1 || !header.has(HEADER.delegation)) return steps;
  const title = `delegation (in header ${HEADER.delegation})`;
  return [...steps, inspectSign1(title, header.get(HEADER.delegation), [TYP.delegation]).step];
}
