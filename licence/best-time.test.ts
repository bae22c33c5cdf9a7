import { describe, expect, it } from 'vitest';
import { bestTime, CLOCK_TOLERANCE_MS } from './best-time.ts';

const BUILD = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

describe('best time', () => {
  it('is the system clock as long as the city has signed no time', () => {
    expect(bestTime(BUILD + HOUR, undefined, BUILD)).toEqual({
      trusted: true,
      unixMs: BUILD + HOUR,
      signed: false,
    });
  });

  it('is not trusted without a signed time and with a clock before the build date', () => {
    expect(bestTime(BUILD - 1, undefined, BUILD)).toEqual({ trusted: false });
  });

  it('trusts a clock that stands exactly at the build date', () => {
    expect(bestTime(BUILD, undefined, BUILD)).toMatchObject({ trusted: true, unixMs: BUILD });
  });

  it('is the system clock corrected by the offset the city last signed', () => {
    const signed = { offsetMs: 2 * HOUR, floorMs: BUILD };
    expect(bestTime(BUILD + HOUR, signed, BUILD)).toEqual({
      trusted: true,
      unixMs: BUILD + 3 * HOUR,
      signed: true,
      signedMs: BUILD,
    });
  });

  it('says which the highest time was that the city signed, however long ago', () => {
    const signed = { offsetMs: 0, floorMs: BUILD };
    expect(bestTime(BUILD + 1000 * HOUR, signed, BUILD)).toMatchObject({ signedMs: BUILD });
  });

  it('names no signed time as long as the city has signed none', () => {
    expect(bestTime(BUILD, undefined, BUILD)).not.toHaveProperty('signedMs');
  });

  it('takes a clock that runs ahead back by a negative offset', () => {
    const signed = { offsetMs: -HOUR, floorMs: BUILD };
    expect(bestTime(BUILD + 5 * HOUR, signed, BUILD)).toMatchObject({ unixMs: BUILD + 4 * HOUR });
  });

  it('never falls below the highest time the city has signed, if the clock went back a little', () => {
    const signed = { offsetMs: 0, floorMs: BUILD + 10 * HOUR };
    const back = signed.floorMs - CLOCK_TOLERANCE_MS;
    expect(bestTime(back, signed, BUILD)).toMatchObject({ unixMs: BUILD + 10 * HOUR });
  });

  it('is not trusted when the clock says less than the city once signed', () => {
    const signed = { offsetMs: 0, floorMs: BUILD + 10 * HOUR };
    expect(bestTime(signed.floorMs - CLOCK_TOLERANCE_MS - 1, signed, BUILD)).toEqual({ trusted: false });
    expect(bestTime(0, signed, BUILD)).toEqual({ trusted: false });
  });

  it('trusts a signed time even where the system clock stands at 1970', () => {
    const signed = { offsetMs: BUILD + HOUR, floorMs: BUILD };
    expect(bestTime(0, signed, BUILD)).toMatchObject({ trusted: true, unixMs: BUILD + HOUR });
  });
});
