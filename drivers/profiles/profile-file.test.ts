import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PROFILE_FILE_BYTES, MAX_PROFILES, parseProfiles, readProfileFile } from './profile-file.ts';

const SMALLEST = { model: 'Acme', transport: 'serial', match: { vendorId: '1abc' }, framing: 'line' };

function parse(content: unknown) {
  return parseProfiles('scanners.json', Buffer.from(JSON.stringify(content)));
}

const parseOne = (changed: object) => parse({ profiles: [{ ...SMALLEST, ...changed }] });

test('the smallest profile has nothing that was not given', () => {
  const reading = parse({ profiles: [SMALLEST] });
  expect(reading).toEqual({
    ok: true,
    profiles: [{ model: 'Acme', transport: 'serial', match: { vendorId: 0x1abc }, framing: 'line' }],
  });
  expect(reading.ok && Object.keys(reading.profiles[0] ?? {})).toHaveLength(4);
});

test('all that a profile can say is read', () => {
  const ask = [{ module: 'grow', framing: 'line', baudRate: 9_600 }];
  const match = { vendorId: '0C2E', productId: '0b87', usagePage: '008c', named: 'honey', path: 'usb-' };
  const rest = { module: 'honeywell', baudRate: 115_200, unusable: '请换模式', ask };
  expect(parseOne({ ...rest, match })).toEqual({
    ok: true,
    profiles: [
      {
        ...SMALLEST,
        ...rest,
        match: { vendorId: 0x0c2e, productId: 0x0b87, usagePage: 0x8c, named: 'honey', path: 'usb-' },
      },
    ],
  });
});

test('a file without profiles is one', () => {
  expect(parse({ profiles: [] })).toEqual({ ok: true, profiles: [] });
});

test.each<[object, string]>([
  [{ match: { vendorId: 'c2e' } }, 'profiles[0].match.vendorId is "c2e", expected four hex digits'],
  [{ match: { vendorId: 3118 } }, 'profiles[0].match.vendorId is 3118, expected four hex digits'],
  [{ match: { vendorId: '0x0c' } }, 'profiles[0].match.vendorId is "0x0c", expected four hex digits'],
  [{ match: {} }, 'profiles[0].match.vendorId is missing, expected four hex digits'],
  [
    { match: { vendorId: '0c2e', pid: '1' } },
    'profiles[0].match has "pid", expected an object with vendorId',
  ],
  [{ transport: 'usb' }, 'profiles[0].transport is "usb", expected one of serial, hid, keyboard'],
  [{ framing: 'lines' }, 'profiles[0].framing is "lines", expected one of line, tab'],
  [{ module: 'toaster' }, 'profiles[0].module is "toaster", expected one of grow'],
  [{ baudRate: 9_601 }, 'profiles[0].baudRate is 9601, expected one of 1200'],
  [{ baudRate: '9600' }, 'profiles[0].baudRate is "9600", expected one of 1200'],
  [{ model: '' }, 'profiles[0].model is "", expected one line of 1 to 128'],
  [{ model: 'A\nKERNEL=="*"' }, 'profiles[0].model is "A\\nKERNEL==\\"*\\"", expected one line'],
  [{ model: 'x'.repeat(500) }, 'expected one line of 1 to 128'],
  [{ ask: [] }, 'profiles[0].ask is [], expected a list of 1 to 16'],
  [{ ask: [{ module: 'grow' }] }, 'profiles[0].ask[0].framing is missing, expected one of line'],
  [{ wire: 1 }, 'profiles[0] has "wire", expected an object with model, transport, match'],
])('a profile with %o is refused with file, key, value and what was expected', (changed, sentence) => {
  const reading = parseOne(changed);
  expect(reading).toEqual({ ok: false, detail: expect.stringContaining(sentence) });
  expect(reading).toEqual({ ok: false, detail: expect.stringMatching(/^scanners\.json: .{1,300}$/) });
});

test.each<[unknown, string]>([
  [null, 'the file is null, expected an object with profiles'],
  [[], 'the file is [], expected an object with profiles'],
  [{}, 'profiles is missing, expected a list of 0 to 100'],
  [{ profiles: {} }, 'profiles is {}, expected a list'],
  [{ profiles: Array(MAX_PROFILES + 1).fill(SMALLEST) }, 'expected a list of 0 to 100'],
  [{ profiles: [SMALLEST, 'x'] }, 'profiles[1] is "x", expected an object with model'],
])('%o is refused', (content, sentence) => {
  expect(parse(content)).toEqual({ ok: false, detail: expect.stringContaining(sentence) });
});

test.each([
  ['no JSON', Buffer.from('{')],
  ['no UTF-8', Buffer.from('{"profiles":[],"\xff":1}', 'latin1')],
])('%s is refused', (_case, bytes) => {
  expect(parseProfiles('scanners.json', bytes)).toEqual({
    ok: false,
    detail: 'scanners.json: expected JSON in UTF-8',
  });
});

test('whatever is in the file, the answer is a sentence or profiles', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('file', 'profile', 'match'),
      (value, place) => {
        const content =
          place === 'file'
            ? value
            : { profiles: [place === 'profile' ? value : { ...SMALLEST, match: value }] };
        expect(parse(content)).toHaveProperty('ok');
      },
    ),
    { numRuns: 50 },
  );
});

describe('on disk', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'profiles-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  test('a file is read', async () => {
    const path = join(folder, 'scanners.json');
    writeFileSync(path, JSON.stringify({ profiles: [SMALLEST] }));
    expect(await readProfileFile(path)).toMatchObject({ ok: true, profiles: [{ model: 'Acme' }] });
  });

  test('of a file that never ends no more than the limit is read', async () => {
    expect(await readProfileFile('/dev/zero')).toEqual({
      ok: false,
      detail: `zero: longer than ${MAX_PROFILE_FILE_BYTES} bytes`,
    });
  });

  test('the longest file is read', async () => {
    const path = join(folder, 'scanners.json');
    writeFileSync(path, '{"profiles":[]}'.padEnd(MAX_PROFILE_FILE_BYTES));
    expect(await readProfileFile(path)).toEqual({ ok: true, profiles: [] });
  });

  test('a file that can not be read is refused with its path and the reason', async () => {
    expect(await readProfileFile(folder)).toMatchObject({
      ok: false,
      detail: expect.stringContaining(folder),
    });
    const missing = join(folder, 'missing.json');
    expect(await readProfileFile(missing)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('ENOENT'),
    });
  });
});
