import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCodeText } from '../../../licence/code-text.ts';
import { delegatedCode, demoCode } from '../../../licence/testing/demo-issuer.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { ran } from '../../testing/verify-testbed.ts';
import { inspectCodes, MAX_INSPECTED_CODES } from './inspect-codes.ts';
import { MAX_INPUT_CODE_BYTES } from './verify-input.ts';

describe('codes on standard input', () => {
  it('that are all well formed are exit code 0', async () => {
    const { exit, output } = await inspected(toCodeText(delegatedCode()), toCodeText(demoCode()));
    expect(exit).toBe(0);
    expect(output.match(/^UNVERIFIED, line \d/gm)).toEqual(['UNVERIFIED, line 1', 'UNVERIFIED, line 2']);
  });

  it('of which one is not are exit code 1, and the others are shown all the same', async () => {
    const { exit, output } = await inspected('LZ1:::::', toCodeText(demoCode()));
    expect(exit).toBe(1);
    expect(output).toContain('!! malformed: not Base45 from character 4 on');
    expect(output).toContain('"张小明"');
  });

  it('longer than is ever held are named as such', async () => {
    const { exit, output } = await inspected('0'.repeat(MAX_INPUT_CODE_BYTES + 1));
    expect(exit).toBe(1);
    expect(output).toContain('!! malformed: longer than any licence code');
  });

  it('are not shown as they are when they are none: a line may hold anything', async () => {
    const { output } = await inspected('\u001b[2Jowned');
    expect(output).not.toContain('owned');
  });

  it('end at so many: exit code 2', async () => {
    const { exit, complaints } = await inspected('x\n'.repeat(MAX_INSPECTED_CODES + 1));
    expect(exit).toBe(2);
    expect(complaints).toEqual(['more than 10000 codes in one run']);
  });

  it('of which there is none are exit code 2', async () => {
    expect(await inspected('')).toMatchObject({ exit: 2, output: '' });
  });
});

describe('--file', () => {
  it('holds one code as raw COSE bytes', async () => {
    const file = join(tempFolder(), 'code.cose');
    writeFileSync(file, demoCode());
    const { exit, output } = await ran((streams) => inspectCodes({ file }, streams));
    expect(exit).toBe(0);
    expect(output).toContain(`1 text form: raw COSE, ${demoCode().length} bytes`);
  });

  it('that can’t be read is exit code 2', async () => {
    const file = join(tempFolder(), 'nothing');
    expect(await ran((streams) => inspectCodes({ file }, streams))).toMatchObject({ exit: 2, output: '' });
  });
});

function inspected(...codes: readonly string[]) {
  return ran((streams) => inspectCodes({}, streams), codes.join('\n'));
}
