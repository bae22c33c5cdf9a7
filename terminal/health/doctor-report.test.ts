import { expect, test } from 'vitest';
import { doctorLines } from './doctor-report.ts';
import { AREAS } from './finding.ts';
import { findingsOf } from './findings.ts';
import { wellDocument } from './testing/well-document.ts';

test('a terminal that is well has a line for every area, and one for all', () => {
  const lines = report();
  expect(lines.slice(0, AREAS.length).every((line) => line.startsWith('✓ ok '))).toBe(true);
  expect(lines.slice(AREAS.length)).toEqual(['', 'All is well.']);
  expect(lines.join('\n')).not.toMatch(/undefined|null|NaN/);
});

test('what fails stands in the place of its area, with its cure under it', () => {
  const lines = report({ exposed: ['terminal.key'] });
  const at = lines.findIndex((line) => line.startsWith('✗ FAIL'));
  expect(lines[at]).toBe(
    '✗ FAIL  files     terminal.key: Others than the terminal’s own user may open this file.',
  );
  expect(lines[at + 1]).toMatch(/^ +→ chmod 600 terminal\.key/);
  expect(lines.at(-1)).toBe('1 to be put right, 0 to be watched.');
});

test('marks say in words what they say by sign', () => {
  const lines = report({ droppedScans: 1, exposed: ['audit.db'] });
  for (const mark of ['✓ ok  ', '! warn', '✗ FAIL']) {
    expect(lines.some((line) => line.startsWith(mark))).toBe(true);
  }
});

test('what a device says of itself steers no screen', () => {
  const lines = report({ missingLists: ['urn:\u001b[2J\u202e'] });
  expect(lines.join('')).toContain('urn:\\u001b[2J\\u202e');
});

test('where no terminal answered, nothing is said of what nobody knows', () => {
  const lines = doctorLines([], undefined);
  expect(lines).toEqual(['', 'All is well.']);
});

function report(changes = {}) {
  const document = wellDocument(changes);
  return doctorLines(findingsOf(document), document);
}
