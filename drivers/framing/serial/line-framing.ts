import { ReadlineParser } from '@serialport/parser-readline';
import type { MonotonicClock } from '../../monotonic-clock.ts';
import { discard, type Frame, type RunningFraming } from '../framing.ts';
import { QuietTimer } from '../quiet-timer.ts';
import { guardLines, isOverlong, type LineSoFar, NO_LINE } from './line-guard.ts';

/**
 * An unfinished line is given up after this long without a byte: noise must not be taken for the start of the next
 * code, and a scanner that sends no terminator must not stay silent for ever. Bytes of one code are at most some
 * 16 ms apart (the latency timer of USB serial bridges), and people need longer to show the next code.
 */
export const LINE_STALL_MS = 500;

/** CR, LF and CRLF. */
export const LINE_ENDS: ReadonlySet<number> = new Set([0x0d, 0x0a]);
/** For scanners set to end a code with Tab, as if a form field followed. */
export const LINE_ENDS_AND_TAB: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09]);

/**
 * Text codes, each ended by a terminator. For binary codes, which may contain these bytes, see idle framing. Its
 * cutting is done by the serial library's own line parser, which is a stream; what surrounds it is pure (`guardLines`).
 */
export function startLineFraming(
  terminators: ReadonlySet<number>,
  now: MonotonicClock,
  onFrame: (frame: Frame) => void,
): RunningFraming {
  let line: LineSoFar = NO_LINE;
  let parser = startParser(onFrame);
  const stall = new QuietTimer(now, () => {
    dropUnfinished(
      `no line terminator for ${LINE_STALL_MS} ms; set the scanner to end codes with CR, or use framing=idle`,
    );
    parser = startParser(onFrame);
  });

  function dropUnfinished(why: string): void {
    stall.cancel();
    const { length, head } = line;
    line = NO_LINE;
    // An overlong line has been reported already.
    if (length > 0 && !isOverlong(length)) onFrame(discard('unfinished', head, why, length));
  }

  return {
    take(chunk) {
      const guarded = guardLines(line, chunk, terminators);
      line = guarded.line;
      for (const discarded of guarded.discarded) onFrame(discarded);
      parser.write(guarded.passed);
      if (line.length > 0) stall.heard(LINE_STALL_MS);
      else stall.cancel();
    },
    // The parser is left, not ended: at its end it would hand out the half line as if it were a code.
    close: () => dropUnfinished('the connection ended within a code'),
  };
}

/** Latin-1 keeps every byte as it is; the parser's own default, UTF-8, would replace some. */
function startParser(onFrame: (frame: Frame) => void): ReadlineParser {
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  parser.on('data', (line: string) => {
    if (isOverlong(line.length)) return;
    onFrame({ name: 'code', bytes: new Uint8Array(Buffer.from(line, 'latin1')), frames: 1 });
  });
  return parser;
}
