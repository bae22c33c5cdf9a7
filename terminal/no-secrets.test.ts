import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Licence } from '../licence/claims.ts';
import { toCodeText } from '../licence/code-text.ts';
import { delegatedCode, demoCode, LIST_URI, NOW } from '../licence/testing/demo-issuer.ts';
import {
  formsOfBytes,
  formsOfText,
  type SecretForm,
  secretsIn,
  secretsInBytes,
} from './health/testing/secret-forms.ts';
import { revocationList } from './testing/demo-city.ts';
import { type DemoTerminal, startDemoTerminal } from './testing/demo-terminal.ts';
import { tempFolder } from './testing/temp-folder.ts';

/*
 * What nobody may find on the disk of a stolen terminal, in its log, or in what it says of itself: who showed what,
 * and what opens it. Whatever the terminal writes is searched byte by byte, in every form a careless hand would write.
 */
const NAME = '欧阳铁蛋儿';
const ID_NUMBER = '990100198711223344';
const PHONE = '13987654321';
const ADDRESS = '示例市不存在路四百零四号';
const CERTIFICATE = '1.2.156.3005.2.11100000MB03271699022.990100.000007777.001.W';
const REFERENCE = '2899887766554433221100998877';
const FOREIGN = 'https://pay.example/u/MALLORY-BUYS-4711';
const PIN = '739164';
const WRONG_PIN = '846203';
const REVOKED = 8;
const CTI = Buffer.from('c4f1a7d2b95e8830c4f1a7d2b95e8831', 'hex');

const HOLDER: Partial<Licence> = {
  sub: CERTIFICATE,
  cti: new Uint8Array(CTI),
  fields: new Map([
    [1, NAME],
    [2, ID_NUMBER],
    [20, ADDRESS],
    [21, PHONE],
  ]),
};

test('after scans of every outcome no secret is on the disk, in a fault that is logged or in what the terminal says of itself', async () => {
  const demo = await terminalWithARevokedLicence();
  const forms = [...planted()];
  const scan = async (bytes: Uint8Array) => {
    forms.push(...formsOfBytes('the end of a code', Buffer.from(bytes.subarray(-24))));
    return outcomeOf(demo, toCodeText(bytes));
  };
  const fresh = () => new Uint8Array(randomBytes(8));
  const outcomes = [
    await scan(demoCode({ licence: HOLDER, presentation: { cti: fresh() } })),
    await scan(demoCode({ licence: { ...HOLDER, exp: NOW - 1 }, presentation: { cti: fresh() } })),
    await scan(demoCode({ licence: { ...HOLDER, status: { idx: REVOKED, uri: LIST_URI } } })),
    await scan(delegatedCode({ licence: HOLDER, presentation: { cti: fresh() } })),
    await outcomeOf(demo, REFERENCE),
    await outcomeOf(demo, FOREIGN),
    await outcomeOf(demo, `${FOREIGN}\u001b[2J${NAME}`),
    await outcomeOf(demo, `LZ1:${NAME}`),
  ];
  expect(new Set(outcomes)).toEqual(new Set(['accepted', 'rejected', 'undetermined']));
  await demo.terminal.command({ type: 'keyboard-scan', text: `${FOREIGN}?${ID_NUMBER}` });
  forms.push(...(await staffComesAndGoes(demo)));

  expect(secretsIn(copyOf(demo), forms)).toEqual([]);
  const told = [...demo.faults, JSON.stringify(demo.terminal.status()), await demo.terminal.metrics.text()];
  expect(secretsInBytes('what was told', Buffer.from(told.join('\n')), forms)).toEqual([]);
});

test('a secret that did get into the audit log is found there', async () => {
  const demo = await terminalWithARevokedLicence();
  await outcomeOf(demo, toCodeText(demoCode({ licence: HOLDER })));
  const copy = copyOf(demo);
  const db = new Database(join(copy, 'audit.db'));
  db.prepare('UPDATE row SET bytes = CAST(bytes || ? AS BLOB) WHERE seq = 1').run(NAME);
  db.close();
  expect(secretsIn(copy, [...planted()])).toContainEqual(`audit.db holds ${NAME} (UTF-8)`);
});

test.each([...formsOfText(NAME), ...formsOfBytes('bytes', CTI)].map((form) => [form.form, form] as const))(
  'a secret is found in a file, wherever it lies, as %s',
  (_form, form) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'some.db'), Buffer.concat([randomBytes(7), form.bytes, randomBytes(5)]));
    expect(secretsIn(folder, [form])).toEqual([`some.db holds ${form.secret} (${form.form})`]);
  },
);

test.each([0, 1, 2, 3, 4])(
  'a name in the middle of a text is found behind %i other bytes, in base64 and Base45',
  (before) => {
    const inside = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(NAME), Buffer.from('yyy')]);
    const forms = formsOfText(NAME);
    for (const alphabet of ['base64', 'base64url'] as const) {
      expect(secretsInBytes('it', Buffer.from(inside.toString(alphabet)), forms)).not.toEqual([]);
    }
  },
);

function* planted(): Generator<SecretForm> {
  for (const text of [NAME, ID_NUMBER, PHONE, ADDRESS, CERTIFICATE, REFERENCE, FOREIGN, PIN, WRONG_PIN]) {
    yield* formsOfText(text);
  }
  yield* formsOfBytes('the id of a licence', CTI);
}

/** Staff is added, gets a badge, and logs in with the right PIN and a wrong one. @returns what may not be found of it. */
async function staffComesAndGoes({ terminal }: DemoTerminal): Promise<readonly SecretForm[]> {
  const who = { command: 'staff', id: 'wang' } as const;
  const added = await terminal.manageStaff({ ...who, action: 'add', name: '王', role: 'staff', pin: PIN });
  const badge = await terminal.manageStaff({ ...who, action: 'badge' });
  if (!added.ok || !badge.ok || badge.code === undefined) throw new Error('no staff could be added');
  await terminal.login({ as: 'staff', id: 'wang', pin: WRONG_PIN });
  expect(await terminal.login({ as: 'staff', id: 'wang', pin: PIN })).toEqual({ ok: true });
  await terminal.show(badge.code);
  return formsOfText(badge.code);
}

function terminalWithARevokedLicence(): Promise<DemoTerminal> {
  return startDemoTerminal({
    prepare: (store, city) => {
      city.enrol(store);
      store.saveStatusList(revocationList([REVOKED]));
    },
  });
}

async function outcomeOf({ terminal }: DemoTerminal, code: string): Promise<string> {
  const screen = await terminal.show(code);
  if (typeof screen === 'string') throw new Error(screen);
  return screen.name === 'verdict' ? screen.outcome : screen.name;
}

/** Made by another process: opening and closing a live store in this one would drop its locks. */
function copyOf({ folder }: DemoTerminal): string {
  const copy = tempFolder();
  execFileSync('cp', ['-r', '--', `${folder.root}/.`, copy]);
  return copy;
}
