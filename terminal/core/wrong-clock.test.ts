import { expect, onTestFinished, test, vi } from 'vitest';
import type { SignedTime } from '../../licence/best-time.ts';
import { issueStatusList } from '../../licence/issue/issue-status-list.ts';
import { DAY, demoStatusList, NOW, STATUS_KEY } from '../../licence/testing/demo-issuer.ts';
import type { Reason } from '../../licence/verdict.ts';
import type { Screen } from '../contract.ts';
import { dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { DemoCity, NOW_MS, phoneCode, revocationList, signTime } from '../testing/demo-city.ts';
import { standStill, startTerminal } from '../testing/demo-terminal.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { SYNC_POLL_MS } from '../upkeep.ts';
import { wording } from '../words/wording.ts';
import { TestClock } from './clock.ts';

/*
 * A phone whose clock is right in front of a terminal whose clock is not. The truth is the same in every cell: the
 * licence is good and the code is fresh. So a cell that accepts is right, one that is undetermined is honest, and
 * `code-expired` is a mistake nobody could avoid: a clock put ahead after a signed time looks like a device that slept.
 * No cell says anything against the licence itself.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = DAY * 1000;
const BUILD_MS = NOW_MS - 30 * DAY_MS;

interface Row {
  readonly clock: string;
  /** What the terminal's clock says, unix ms. */
  readonly wall: number;
  /** The city never signed a time: from the enrolment to the first answer. */
  readonly never: Reason;
  /** It signed one under this very clock, so that the offset is known. */
  readonly known: Reason;
  /** The clock jumped there after it signed one, in a terminal that runs. */
  readonly jumped: Reason;
}

const ROWS: readonly Row[] = [
  { clock: 'right', wall: NOW_MS, never: 'accepted', known: 'accepted', jumped: 'accepted' },
  ahead('an hour ahead', HOUR_MS),
  behind('an hour behind', HOUR_MS),
  ahead('a day ahead', DAY_MS),
  behind('a day behind', DAY_MS),
  { clock: 'at 1970', wall: 0, never: 'clock-untrusted', known: 'accepted', jumped: 'clock-untrusted' },
];

function ahead(clock: string, ms: number): Row {
  return { clock, wall: NOW_MS + ms, never: 'clock-untrusted', known: 'accepted', jumped: 'code-expired' };
}

function behind(clock: string, ms: number): Row {
  return { clock, wall: NOW_MS - ms, never: 'clock-untrusted', known: 'accepted', jumped: 'clock-untrusted' };
}

test.for(ROWS)('a clock $clock, and no time signed ever: $never', async ({ wall, never }) => {
  const { show } = await start({ wall });
  expect(await show()).toMatchObject({ reason: never });
});

test.for(ROWS)('a clock $clock when the city signed a time: $known', async ({ wall, known }) => {
  const { show } = await start({ wall, signed: signedUnder(wall) });
  expect(await show()).toMatchObject({ reason: known });
});

test.for(ROWS)('a clock that is $clock after a jump: $jumped', async ({ wall, jumped }) => {
  const { show, clock } = await start({ wall: NOW_MS, signed: signedUnder(NOW_MS) });
  expect(await show()).toMatchObject({ reason: 'accepted' });
  clock.jumpTo(wall);
  expect(await show()).toMatchObject({ reason: jumped });
});

test.for(ROWS)(
  'a clock that is $clock after a jump is put right by the next time the city signs',
  async (row) => {
    standStill();
    const { show, clock, store } = await start({ wall: NOW_MS, signed: signedUnder(NOW_MS) });
    await show();
    clock.jumpTo(row.wall);
    await show();
    signTime(store, { ...signedUnder(row.wall), floorMs: NOW_MS + 1 });
    vi.advanceTimersByTime(SYNC_POLL_MS);
    expect(await show()).toMatchObject({ reason: 'accepted' });
  },
);

test.for(ROWS)('a terminal started anew with a clock $clock remembers what it lived through', async (row) => {
  const { show, folder, stop } = await start({ wall: NOW_MS, signed: signedUnder(NOW_MS) });
  await show();
  await stop();
  const again = startTerminal(folder, { clock: new TestClock(row.wall), buildMs: BUILD_MS });
  onTestFinished(() => again.stop());
  expect(await again.show(phoneCode())).toMatchObject({ reason: row.jumped });
});

test('a clock put back while nobody scans is noticed: the terminal looks at it all the time', async () => {
  standStill();
  const { show, clock } = await start({ wall: NOW_MS, signed: signedUnder(NOW_MS) });
  clock.advance(HOUR_MS);
  vi.advanceTimersByTime(SYNC_POLL_MS);
  clock.jumpTo(NOW_MS);
  expect(await show()).toMatchObject({ reason: 'clock-untrusted' });
});

test('an expired licence stays expired or unjudged, whatever the clock says', async () => {
  const { show, clock } = await start({ wall: NOW_MS, signed: signedUnder(NOW_MS) });
  const expired = { exp: NOW - 60 };
  expect(await show(expired)).toMatchObject({ reason: 'expired' });
  for (const { wall } of ROWS) {
    clock.jumpTo(wall);
    expect(await show(expired)).not.toMatchObject({ outcome: 'accepted' });
  }
});

test('a terminal that can’t know the time judges nothing, not even what is surely over', async () => {
  const { show } = await start({ wall: 0 });
  expect(await show({ exp: NOW - 365 * DAY })).toMatchObject({
    outcome: 'undetermined',
    reason: 'clock-untrusted',
  });
});

test('each cell of the table says its sentence to patient and staff', () => {
  const { reasons, staff } = wording.zh;
  const told = Object.fromEntries(
    ROWS.flatMap(({ never, known, jumped }) => [never, known, jumped]).map((reason) => [
      reason,
      [reasons[reason].sentence, staff.reasons[reason].sentence],
    ]),
  );
  expect(told).toEqual({
    accepted: ['您的电子证照真实有效。', '电子证照真实有效。'],
    'clock-untrusted': ['本机时间不准，无法判断证照是否在有效期内。', expect.stringContaining('时间')],
    'code-expired': [
      '为保护您的安全，二维码只在短时间内有效。请勿使用截图。',
      '二维码只在短时间内有效，这一个已经超时。',
    ],
  });
});

test('clock-untrusted blames the terminal, and neither the phone nor the licence', () => {
  const { zh, en } = wording;
  expect(zh.reasons['clock-untrusted'].title).toContain('设备时间异常');
  expect(zh.staff.reasons['clock-untrusted'].todo).toContain('联系维护人员');
  expect(en.staff.reasons['clock-untrusted'].title).toBe("This terminal's clock is wrong");
  for (const words of [zh, en].flatMap(({ reasons, staff }) => [reasons, staff.reasons])) {
    expect(words['clock-untrusted'].title + words['clock-untrusted'].sentence).not.toMatch(/手机|phone/);
  }
});

/** The time the city signs for a terminal whose clock says `wall`. */
function signedUnder(wall: number): SignedTime {
  return { offsetMs: NOW_MS - wall, floorMs: NOW_MS };
}

/** An enrolled terminal whose clock stands at `wall` while it is NOW. */
async function start({ wall, signed }: { readonly wall: number; readonly signed?: SignedTime }) {
  const folder = dataFolder(tempFolder());
  const store = new SyncStore(folder.syncDb);
  onTestFinished(() => store.close());
  const trust = (await DemoCity.found()).trust();
  store.saveEnrolment({ terminalId: new Uint8Array(16), city: 'https://city.example' }, trust.root);
  store.saveTrust(trust);
  // of a week, as a city's are, so that it is the code that a wrong clock meets first
  const list = demoStatusList([], { exp: NOW + 7 * DAY });
  store.saveStatusList({ ...revocationList([]), token: issueStatusList(list, STATUS_KEY) });
  if (signed) signTime(store, signed);
  const clock = new TestClock(wall);
  const terminal = startTerminal(folder, { clock, buildMs: BUILD_MS });
  let running = true;
  const stop = async () => {
    if (running) await terminal.stop();
    running = false;
  };
  onTestFinished(stop);
  const show = async (licence = {}): Promise<Screen | string> => {
    await terminal.command({ type: 'dismiss' });
    return terminal.show(phoneCode(licence));
  };
  return { show, clock, store, folder, stop };
}
