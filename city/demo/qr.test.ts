import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareZXingModule, purgeZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import { prepareLicences } from './prepare-licences.ts';
import { present } from './present.ts';
import { drawQr, type QrDrawing } from './qr.ts';
import { type DemoCity, demoCity } from './testing/demo-city.ts';

/** Drawing every code of the demo computes for seconds where other tests compute beside it. */
const DRAWING_TIMEOUT_MS = 30_000;

let demo: DemoCity;
let codes: readonly {
  readonly text: string;
  readonly drawing: QrDrawing;
  readonly delegated: boolean;
}[];
beforeAll(async () => {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  demo = await demoCity();
  const held = await prepareLicences(demo.city, demo.wallet);
  codes = [...held.values()].map((one) => {
    const { text, qr: drawing } = present(one, demo.clock.nowMs);
    return { text, drawing, delegated: one.delegation !== undefined };
  });
}, DRAWING_TIMEOUT_MS);
afterAll(async () => {
  purgeZXingModule();
  await demo.remove();
});

test('an independent decoder reads back every demo licence’s code', async () => {
  expect(codes.length).toBeGreaterThan(20);
  for (const { text, drawing } of codes) expect((await decode(drawing))?.text).toBe(text);
});

test.each([
  ['two', 0],
  ['three', 1],
])('every code of %s signatures has at most 117 modules a side, which a phone can show', (_, delegations) => {
  const sizes = codes
    .filter(({ delegated }) => delegated === (delegations === 1))
    .map(({ drawing }) => drawing.size - 2 * 4);
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(117);
});

test('a version is what its modules say', () => {
  for (const { drawing } of codes) expect(drawing.size - 2 * 4).toBe(17 + 4 * drawing.version);
});

test('a code is written in alphanumeric mode at level M', async () => {
  const [one] = codes;
  const byteCapacity = BYTE_CAPACITY_M[one?.drawing.version ?? 0];
  // more characters than the symbol has bytes
  expect(one?.text.length).toBeGreaterThan(byteCapacity ?? Number.POSITIVE_INFINITY);
  expect((one && (await decode(one.drawing)))?.ecLevel).toBe('M');
});

test('four light modules surround the symbol', () => {
  const { path, size } = drawQr('LZ1:ABC');
  const runs = [...path.matchAll(RUN)].map(
    ([, x, y, width]) => [Number(x), Number(y), Number(width)] as const,
  );
  expect(Math.min(...runs.map(([x]) => x))).toBe(4);
  expect(Math.min(...runs.map(([, y]) => y))).toBe(4);
  expect(Math.max(...runs.map(([x, , width]) => x + width))).toBe(size - 4);
  expect(Math.max(...runs.map(([, y]) => y + 1))).toBe(size - 4);
});

test('text that ends in a space keeps it', async () => {
  const text = 'LZ1:AB CD ';
  expect((await decode(drawQr(text)))?.text).toBe(text);
});

test('a text too long for a phone is refused, not shrunk', () => {
  expect(() => drawQr('A'.repeat(1452))).toThrow();
});

/** Bytes that versions 15 to 25 hold at level M (ISO/IEC 18004 table 7). */
const BYTE_CAPACITY_M: Readonly<Record<number, number>> = {
  15: 412,
  16: 450,
  17: 504,
  18: 560,
  19: 624,
  20: 666,
  21: 711,
  22: 779,
  23: 857,
  24: 911,
  25: 997,
};

/** One run of dark modules in the path: x, y, width. */
const RUN = /M(\d+) (\d+)h(\d+)v1h-\3z/g;

const PIXELS_PER_MODULE = 3;

/** Draws the path as a browser would, at three pixels a module, and gives the picture to zxing. */
async function decode({ path, size }: QrDrawing): Promise<ReadResult | undefined> {
  const width = size * PIXELS_PER_MODULE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(RUN)) {
    for (let py = 0; py < PIXELS_PER_MODULE; py++) {
      for (let px = 0; px < Number(run) * PIXELS_PER_MODULE; px++) {
        const at = ((Number(y) * PIXELS_PER_MODULE + py) * width + Number(x) * PIXELS_PER_MODULE + px) * 4;
        data.fill(0, at, at + 3);
      }
    }
  }
  const image = { data, width, height: width, colorSpace: 'srgb' as const };
  const [read] = await readBarcodes(image, { formats: ['QRCode'] });
  return read;
}
