import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wellDocument } from '../health/testing/well-document.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { diagnose } from './doctor-command.ts';

test('a running terminal that is well has nothing held against it', async () => {
  const { findings, document } = await diagnose(await answering(wellDocument()));
  expect(findings).toEqual([]);
  expect(document).toEqual(wellDocument());
});

test('what a running terminal says of itself is what is judged', async () => {
  const { findings } = await diagnose(await answering(wellDocument({ exposed: ['audit.db'] })));
  expect(findings).toMatchObject([{ code: 'file-exposed', about: 'audit.db' }]);
});

test('where none answers, the folder is looked at', async () => {
  const { findings, document } = await diagnose(dataFolder(tempFolder()));
  expect(findings.map(({ code }) => code)).toEqual(['no-answer', 'not-enrolled']);
  expect(findings[0]?.sentence.en).toContain('no terminal is running here');
  expect(document).toBeUndefined();
});

test('a terminal of another version is told to be started again', async () => {
  const { findings } = await diagnose(await answering({ ...wellDocument(), version: 2 }));
  expect(findings[0]).toMatchObject({
    code: 'no-answer',
    sentence: { en: expect.stringContaining('another version') },
  });
});

/** A socket that answers every question with this status. */
async function answering(status: object): Promise<DataFolder> {
  const folder = dataFolder(tempFolder());
  mkdirSync(dirname(folder.socket), { recursive: true });
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(`${JSON.stringify({ ok: true, status })}\n`));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(folder.socket, resolve));
  return folder;
}
