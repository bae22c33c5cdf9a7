import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export interface PhoneLicence {
  readonly id: string;
  readonly cti: string;
  readonly condition: string;
  readonly person: string;
  readonly kind: { readonly zh: string; readonly en: string };
}

/** The licences the phone page offers. @param phoneUrl address of the page. */
export async function phoneLicences(phoneUrl: string): Promise<PhoneLicence[]> {
  const answer = await fetch(new URL('/phone/api/people', phoneUrl));
  const { people } = await answer.json();
  return people.flatMap((person: { id: string; licences: PhoneLicence[] }) =>
    person.licences.map((licence) => ({ ...licence, person: person.id })),
  );
}

/** The medical insurances in this condition, each of another person. @throws when there are fewer than `atLeast`. */
export async function insurances(phoneUrl: string, condition: string, atLeast = 1): Promise<PhoneLicence[]> {
  const found = (await phoneLicences(phoneUrl)).filter(
    (one) => one.condition === condition && one.kind.zh === '医保电子凭证',
  );
  if (found.length < atLeast)
    throw new Error(`the demo has ${found.length} medical insurances that are ${condition}`);
  return found;
}

/** A fresh code of a licence, as text. */
export async function presentCode(phoneUrl: string, licence: string): Promise<string> {
  const url = new URL('/phone/api/present', phoneUrl);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin },
    body: JSON.stringify({ licence }),
  });
  if (!answer.ok) throw new Error(`present: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).text;
}

/** Reads a QR code out of a picture with a reader that shares no code with what drew it. @param png the picture. */
export async function readQrPicture(png: Uint8Array): Promise<string> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer } });
  const [code] = await readBarcodes(new Blob([Buffer.from(png)], { type: 'image/png' }), {
    formats: ['QRCode'],
    tryHarder: true,
  });
  if (!code) throw new Error('no QR code in the picture');
  return code.text;
}
