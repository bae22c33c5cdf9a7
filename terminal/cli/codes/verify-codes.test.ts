import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MAX_CODE_TEXT, toCodeText } from '../../../licence/code-text.ts';
import {
  DAY,
  delegatedCode,
  demoCode,
  demoDelegation,
  demoKey,
  HOLDER_CODE,
  licenceCode,
  NOW,
  staticLicence,
} from '../../../licence/testing/demo-issuer.ts';
import { phoneCode } from '../../testing/demo-city.ts';
import { demoFiles, ran } from '../../testing/verify-testbed.ts';
import { MAX_VERIFIED_CODES, type VerifyWish, verifyCodes } from './verify-codes.ts';
import { MAX_INPUT_CODE_BYTES } from './verify-input.ts';

describe('the verdict line', () => {
  it('of an accepted code tells kind, masked fields and ages', async () => {
    const { exit, output, complaints } = await verified(demoFiles(), phoneCode({}, NOW - 12));
    expect(JSON.parse(output)).toEqual({
      line: 1,
      outcome: 'accepted',
      reason: 'accepted',
      kind: 'medical-insurance',
      issuer: 'demo-issuer',
      fields: [
        { label: { zh: '姓名', en: 'Name' }, value: '张**' },
        { label: { zh: '证件号码', en: 'ID number' }, value: '990***********003X' },
        { label: { zh: '参保地', en: 'Insured region' }, value: '示例市' },
      ],
      ages: { codeSeconds: 12, statusSeconds: 600, licenceDaysLeft: 335 },
    });
    expect(exit).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('of an expired licence shows the masked holder alone', async () => {
    const { exit, output } = await verified(demoFiles(), phoneCode({ exp: NOW - DAY }));
    expect(JSON.parse(output)).toMatchObject({
      reason: 'expired',
      fields: [{ value: '张**' }],
      ages: { licenceDaysLeft: -1 },
    });
    expect(exit).toBe(1);
  });

  it('of a code whose signature does not hold tells nothing of the code', async () => {
    const forged = toCodeText(licenceCode(staticLicence(), demoKey('a forger')));
    const { output } = await verified(demoFiles(), forged);
    expect(JSON.parse(output)).toEqual({
      line: 1,
      outcome: 'rejected',
      reason: 'key-not-admitted',
      detail: 'the issuer has no key of this kid',
      ages: {},
    });
  });

  it('of a reference code leaves it open: this command asks no city', async () => {
    const { exit, output } = await verified(demoFiles(), '1234567890123456789012345678');
    expect(JSON.parse(output)).toMatchObject({ outcome: 'undetermined', reason: 'needs-network' });
    expect(exit).toBe(1);
  });

  it('of a code made too long ago tells how old it is', async () => {
    const { output } = await verified(demoFiles(), phoneCode({}, NOW - 3700));
    expect(JSON.parse(output)).toMatchObject({ reason: 'code-expired', ages: { codeSeconds: 3700 } });
  });

  it('of a delegate names the delegation, masked', async () => {
    const { output } = await verified(demoFiles(), toCodeText(delegatedCode()));
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'accepted',
      delegation: { issuer: 'demo-delegations', delegate: '990***********0021', daysLeft: 1 },
    });
    expect(output).not.toContain(demoDelegation().sub);
  });

  it('warns of numbers that fail their check character, without the number', async () => {
    const fields = new Map([
      [2, '99010019900517003A'],
      [3, '111'],
    ]);
    const { output } = await verified(demoFiles(), phoneCode({ fields }));
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'accepted',
      warnings: [{ what: 'holder-code', number: 'id-card' }],
    });
  });

  it('never holds a number whole, nor the code', async () => {
    const code = phoneCode();
    const { output } = await verified(demoFiles(), code);
    expect(output).not.toContain(HOLDER_CODE);
    expect(output).not.toContain('张小明');
    expect(output).not.toContain(code.slice(4, 40));
  });

  it('holds no character that could steer a terminal, and is still the same JSON', async () => {
    const files = demoFiles();
    const file = join(files.statusDir, '..', '\u009b2J\u202e');
    const fields = new Map([[20, '\u001b[2J\u009b\u202e']]);
    writeFileSync(file, phoneCode({ fields }));
    const { output } = await verified({ ...files, file });
    expect(output).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(JSON.parse(output)).toMatchObject({ file, outcome: 'accepted' });
  });
});

describe('codes on standard input', () => {
  it('are judged in order, one line each, and one bad one is exit code 1', async () => {
    const { exit, output } = await verified(demoFiles(), phoneCode(), 'hello', phoneCode());
    expect(reasons(output)).toEqual(['1 accepted', '2 not-a-licence-code', '3 accepted']);
    expect(exit).toBe(1);
  });

  it('may end in CRLF, and empty lines between them are skipped and counted', async () => {
    const files = demoFiles();
    const input = `${phoneCode()}\r\n\r\n\n${phoneCode()}\r\n`;
    const { exit, output } = await ran((streams) => verifyCodes(files, streams), input);
    expect(reasons(output)).toEqual(['1 accepted', '4 accepted']);
    expect(exit).toBe(0);
  });

  it('come in pieces of any size', async () => {
    const files = demoFiles();
    const pieces = [...`${phoneCode()}\n${phoneCode()}`];
    const { output } = await ran((streams) => verifyCodes(files, streams), ...pieces);
    expect(reasons(output)).toEqual(['1 accepted', '2 accepted']);
  });

  it('keep a space at their end, which is a Base45 digit', async () => {
    const { output } = await verified(demoFiles(), `${phoneCode()} `);
    expect(reasons(output)).toEqual(['1 malformed']);
  });

  it('shown twice are a replay', async () => {
    const code = phoneCode();
    const { exit, output } = await verified(demoFiles(), code, code);
    expect(reasons(output)).toEqual(['1 accepted', '2 code-replayed']);
    expect(exit).toBe(1);
  });

  it.each([
    ['longer than any code', MAX_CODE_TEXT + 1],
    ['longer than is ever held', MAX_INPUT_CODE_BYTES + 1],
    ['of megabytes', 5_000_000],
  ])('%s are malformed, and the next one is judged', async (_, length) => {
    const { output } = await verified(demoFiles(), `LZ1:${'0'.repeat(length)}`, phoneCode());
    expect(reasons(output)).toEqual(['1 malformed', '2 accepted']);
  });

  it('that are no text at all are not licence codes', async () => {
    const files = demoFiles();
    const { output } = await ran(
      (streams) => verifyCodes(files, streams),
      Uint8Array.of(0, 0xff, 0xfe, 10, 0xc3),
    );
    expect(reasons(output)).toEqual(['1 not-a-licence-code', '2 not-a-licence-code']);
  });

  it('of which there is none are misuse: a pipe that brought nothing is no success', async () => {
    const { exit, complaints } = await ran((streams) => verifyCodes(demoFiles(), streams), '\n\r\n');
    expect(exit).toBe(2);
    expect(complaints).toEqual(['no code was given on standard input']);
  });

  it('end quietly when nobody reads the answers any more', async () => {
    const closed = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const input = Readable.from([Buffer.from(`${phoneCode()}\n${phoneCode()}\n`)]);
    const complaints: string[] = [];
    const complain = (sentence: string) => complaints.push(sentence);
    expect(await verifyCodes(demoFiles(), { input, output: closed, complain })).toBe(1);
    expect(complaints).toEqual([]);
  });
});

it('more codes than one run may judge are misuse, after the ones before have their answers', {
  timeout: 30_000,
}, async () => {
  const { exit, output, complaints } = await verified(
    demoFiles(),
    ...Array(MAX_VERIFIED_CODES + 1).fill('x'),
  );
  expect(output.trimEnd().split('\n')).toHaveLength(MAX_VERIFIED_CODES);
  expect(complaints).toEqual([`more than ${MAX_VERIFIED_CODES} codes in one run`]);
  expect(exit).toBe(2);
});

describe('--file', () => {
  it('holds one code as raw COSE bytes', async () => {
    const files = demoFiles();
    const file = join(files.statusDir, '..', 'code.cose');
    writeFileSync(file, demoCode());
    const { exit, output } = await verified({ ...files, file });
    expect(JSON.parse(output)).toMatchObject({ file, outcome: 'accepted' });
    expect(exit).toBe(0);
  });

  it.each([
    ['that is not there', 'no-such-file', /ENOENT.*no-such-file/],
    ['that is a folder', '.', /is a folder/],
  ])('%s is exit code 2 and says so', async (_, name, sentence) => {
    const files = demoFiles();
    const { exit, complaints } = await verified({ ...files, file: join(files.statusDir, name) });
    expect(exit).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(sentence)]);
  });

  it('too large is exit code 2', async () => {
    const files = demoFiles();
    const file = join(files.statusDir, '..', 'large');
    writeFileSync(file, Buffer.alloc(MAX_INPUT_CODE_BYTES + 1));
    const { exit, complaints } = await verified({ ...files, file });
    expect(exit).toBe(2);
    expect(complaints[0]).toContain('longer than 65536 bytes');
  });
});

describe('--service', () => {
  it('judges by the rules of that service', async () => {
    const files = { ...demoFiles(), service: 'road-enforcement' };
    const { output } = await verified(files, phoneCode());
    expect(reasons(output)).toEqual(['1 wrong-kind']);
  });

  it('that takes no delegation refuses a delegate', async () => {
    const files = { ...demoFiles(), service: 'medical-insurance' };
    const { output } = await verified(files, toCodeText(delegatedCode()));
    expect(reasons(output)).toEqual(['1 refused-by-service']);
  });

  it('that the catalogue lacks is misuse, and the ones it has are named', async () => {
    const { exit, complaints } = await verified({ ...demoFiles(), service: 'tea' }, phoneCode());
    expect(exit).toBe(2);
    expect(complaints).toEqual([
      expect.stringMatching(/^no service tea; the catalogue has medical-insurance, road-enforcement/),
    ]);
  });

  it('without a catalogue is misuse', async () => {
    const { catalogue: _, ...files } = demoFiles();
    const { exit, complaints } = await verified({ ...files, service: 'medical-insurance' }, phoneCode());
    expect(exit).toBe(2);
    expect(complaints.at(-1)).toBe('--service needs a catalogue: --catalogue, beside --issuers');
  });

  it('left out accepts a static code, but never a bound licence without its proof', async () => {
    const codes = [toCodeText(licenceCode(staticLicence())), toCodeText(licenceCode())];
    const { output } = await verified(demoFiles(), ...codes);
    expect(reasons(output)).toEqual(['1 accepted', '2 holder-proof-missing']);
  });
});

describe('without a catalogue', () => {
  it('codes are judged all the same, no field is shown, and it says so once', async () => {
    const { catalogue: _, ...files } = demoFiles();
    const { exit, output, complaints } = await verified(files, phoneCode(), phoneCode());
    expect(exit).toBe(0);
    expect(output).not.toContain('fields');
    expect(complaints).toEqual(['no catalogue: no fields are shown']);
  });
});

function verified(wish: VerifyWish, ...codes: readonly string[]) {
  return ran((streams) => verifyCodes(wish, streams), codes.join('\n'));
}

function reasons(output: string): readonly string[] {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).map((answer) => `${answer.line} ${answer.reason}`);
}
