import { ReadlineParser } from '@serialport/parser-readline';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Framing, FramingOutput } from './framing.ts';
import { guardLines, isOverlong, type LineLength } from './line-guard.ts';
import { QuietTimer } from './quiet-timer.ts';

/**
 * An unfinished line is given up after this long without a byte: noise must not be taken for the start of the next
 * code, and a scanner that sends no terminator must not stay silent for ever. Bytes of one code are at most some
 * 16 ms apart (the latency timer of USB serial bridges), and people need longer to show the next code.
 */
export const LINE_STALL_MS = 2_000;

/** Frames ended by CR, LF or CRLF: text codes. For binary codes, which may contain these bytes, see idle framing. */
export function startLineFraming(output: FramingOutput, now: MonotonicClock): Framing {
  let lineLength: LineLength = 0;
  let parser = startParser(output);
  const stall = new QuietTimer(LINE_STALL_MS, now, () => {
    dropUnfinished(`no line terminator for ${LINE_STALL_MS} ms; does the scanner send one?`);
    parser = startParser(output);
  });

  function dropUnfinished(why: string): void {
    stall.cancel();
    // An overlong line has been reported already.
    if (lineLength > 0 && !isOverlong(lineLength)) {
      output.fault({ name: 'discarded-bytes', detail: `${lineLength} bytes of an unfinished code: ${why}` });
    }
    lineLength = 0;
  }

  return {
    take(chunk) {
      const guarded = guardLines(lineLength, chunk);
      lineLength = guarded.lineLength;
      for (const fault of guarded.faults) output.fault(fault);
      parser.write(guarded.passed);
      if (lineLength > 0) stall.heard();
      else stall.cancel();
    },
    // The parser is left, not ended: at its end it would hand out the half line as if it were a code.
    close: () => dropUnfinished('the connection ended'),
  };
}

/** Latin-1 keeps every byte as it is; the parser's own default, UTF-8, would replace some. */
function startParser(output: FramingOutput): ReadlineParser {
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  parser.on('data', (line: string) => {
    if (!isOverlong(line.length)) output.frame(new Uint8Array(Buffer.from(line, 'latin1')));
  });
  return parser;
}
