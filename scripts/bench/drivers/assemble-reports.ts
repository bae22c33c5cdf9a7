import type { Frame } from '../../../drivers/framing/framing.ts';
import { hidPosFraming } from '../../../drivers/framing/hid/hid-pos-framing.ts';
import { LAYOUT_A } from '../../../drivers/framing/hid/hid-pos-layout.ts';
import { runFraming } from '../../../drivers/framing/run-framing.ts';
import { posReports } from '../../../drivers/testing/hid-reports.ts';

export interface ReportsTaken {
  readonly bytes: number;
  readonly reports: number;
  readonly ms: readonly number[];
}

/** The largest QR code there is: version 40-L in bytes. */
const LARGEST_CODE = 2_953;
const TIMES = 1_000;

/** How long it takes to make one code of the reports it comes in, timers for silences included. */
export function takeReports(): ReportsTaken {
  const reports = posReports(LAYOUT_A, 'A'.repeat(LARGEST_CODE), ']Q1');
  const codes: Frame[] = [];
  const framing = runFraming(
    hidPosFraming(LAYOUT_A),
    () => performance.now(),
    (frame) => codes.push(frame),
  );
  const ms = Array.from({ length: TIMES }, () => {
    const began = performance.now();
    for (const report of reports) framing.take(report);
    return performance.now() - began;
  });
  framing.close();
  const whole = codes.filter((frame) => frame.name === 'code' && frame.bytes.length === LARGEST_CODE);
  if (whole.length !== TIMES) throw new Error(`${whole.length} of ${TIMES} codes were assembled`);
  return { bytes: LARGEST_CODE, reports: reports.length, ms };
}
