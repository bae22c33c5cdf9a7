import { expect, test } from 'vitest';
import type { CborValue } from '../../licence/cbor/decode.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { toCodeText } from '../../licence/code-text.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import {
  demoKey,
  demoLicence,
  demoPresentation,
  HOLDER_KEY,
  licenceCode,
} from '../../licence/testing/demo-issuer.ts';
import { headerOf, rawSign1 } from '../../licence/testing/raw-sign1.ts';
import { type DemoTerminal, startDemoTerminal } from '../testing/demo-terminal.ts';

/*
 * A code may say anything: escape sequences that steer a console, marks that turn text round, names of people who were
 * never here. As long as nobody admitted signed it, nothing of it reaches a screen, an operator or `status`.
 */
const HOSTILE = '\x1b[2J\x9b31m\u202eMALLORY<script>';

test.for([
  ['that is no licence code', HOSTILE],
  ['that only begins like one', `LZ1:${HOSTILE}`],
  ['that looks like a reference', `LZR:${HOSTILE}`],
  ['whose header has a parameter of that name', namedHeader()],
  ['that somebody unknown signed', forged({ iss: HOSTILE })],
  ['signed in an issuer’s name with a key it does not have', forged({})],
])('nothing of a code %s is repeated to anybody', async ([, code]) => {
  const demo = await startDemoTerminal();
  expect(await demo.terminal.show(code ?? '')).not.toMatchObject({ outcome: 'accepted' });
  const told = everythingTold(demo);
  for (const part of ['MALLORY', '[2J', '\u202e', '\x9b', '张']) expect(told).not.toContain(part);
});

/** In a header, which is read before any signature. */
function namedHeader(): string {
  const key = demoKey('a forger');
  const header = new Map<number | string, CborValue>([...headerOf(TYP.licence, key), [HOSTILE, 1]]);
  return toCodeText(rawSign1({ header, payload: encodeCbor(new Map()) }, key));
}

/** A licence whose every text is hostile, well formed and presented, by somebody nobody admitted. */
function forged(changes: Partial<ReturnType<typeof demoLicence>>): string {
  const licence = demoLicence({
    sub: HOSTILE,
    fields: new Map([
      [1, HOSTILE],
      [2, HOSTILE],
      [20, HOSTILE],
    ]),
    ...changes,
  });
  return toCodeText(
    presentLicence(licenceCode(licence, demoKey('a forger')), demoPresentation(), HOLDER_KEY),
  );
}

function everythingTold({ terminal, faults }: DemoTerminal): string {
  return JSON.stringify([terminal.view('kiosk'), terminal.view('counter'), terminal.status(), faults]);
}
