import { expect, onTestFinished, test } from 'vitest';
import { formatEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { startDemoTerminal } from '../testing/demo-terminal.ts';
import { startControlServer } from './control-server.ts';
import { enrol } from './enrol.ts';

const CODE = formatEnrolmentCode({ secret: new Uint8Array(10), rootFingerprint: new Uint8Array(16) });

test.for(['junk', 'ftp://city.example', 'http://city.example', ''])(
  'an address no city may have is refused before anything is asked (%s)',
  async (city) => {
    const { folder } = await startDemoTerminal({ prepare: notEnrolled });
    await expect(enrol(folder, { city, code: CODE })).rejects.toThrow(/not an address of a city/);
  },
);

test('a terminal that is enrolled says with whom, and stays with it', async () => {
  const { folder } = await startDemoTerminal();
  await expect(enrol(folder, { city: 'https://other.example', code: CODE })).rejects.toThrow(
    'already enrolled with https://city.example',
  );
});

test('without a running terminal it says so', async () => {
  const { folder } = await startDemoTerminal({ prepare: notEnrolled });
  await expect(enrol(folder, { city: 'https://city.example', code: CODE })).rejects.toThrow(
    /no terminal is running/,
  );
});

test("the agent's refusal is told in its own words", async () => {
  const { folder, terminal, store } = await startDemoTerminal({ prepare: notEnrolled });
  const server = await startControlServer(terminal, folder);
  onTestFinished(() => void server.close());
  const enrolling = enrol(folder, { city: 'https://city.example', code: CODE });
  setTimeout(() => store.taskFailed('enrolment', Date.now(), 'refused:code-used'), 100);
  await expect(enrolling).rejects.toThrow('not enrolled: refused:code-used');
});

test('it ends when the agent has enrolled the terminal', async () => {
  const { folder, terminal, store, city } = await startDemoTerminal({ prepare: notEnrolled });
  const server = await startControlServer(terminal, folder);
  onTestFinished(() => void server.close());
  const enrolling = enrol(folder, { city: 'https://city.example', code: CODE });
  setTimeout(() => city.enrol(store), 100);
  expect(await enrolling).toBe('enrolled with https://city.example');
});

function notEnrolled(): void {
  // nothing is prepared
}
