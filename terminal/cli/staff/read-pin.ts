import type { ReadStream } from 'node:tty';

/** Most characters read; a PIN has 12. */
export const MAX_PIN_INPUT = 64;

/**
 * A PIN from whoever sits at the terminal, asked twice and never shown, or the first line of what is piped in.
 *
 * @param says where to ask; not standard output, which belongs to the answer.
 * @throws Error where none was given, both differ, or it was broken off.
 */
export async function readPin(
  input: ReadStream | NodeJS.ReadableStream,
  says: { write(text: string): unknown },
): Promise<string> {
  if (!isTty(input)) return firstLine(input);
  const pin = await askUnseen(input, says, 'PIN: ');
  const again = await askUnseen(input, says, 'PIN again: ');
  if (pin !== again) throw new Error('the two PINs differ');
  return pin;
}

function isTty(input: ReadStream | NodeJS.ReadableStream): input is ReadStream {
  return 'isTTY' in input && input.isTTY === true;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n') || text.length > MAX_PIN_INPUT) break;
  }
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') throw new Error('no PIN given on standard input');
  if (line.length > MAX_PIN_INPUT) throw new Error('what was given on standard input is no PIN');
  return line;
}

/** Raw mode, so that neither the terminal nor its scrollback ever has the digits. */
function askUnseen(
  input: ReadStream,
  says: { write(text: string): unknown },
  prompt: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (finish: () => void) => {
      input.off('data', take).off('end', breakOff).off('error', reject).setRawMode(false).pause();
      says.write('\n');
      finish();
    };
    const breakOff = () => end(() => reject(new Error('broken off: nothing was changed')));
    const take = (chunk: Buffer) => {
      for (const [i, byte] of chunk.entries()) {
        const key = String.fromCharCode(byte);
        if (key === ENTER || key === LINE_FEED) {
          end(() => resolve(typed));
          const rest = chunk.subarray(i + 1); // of a person who types ahead
          if (rest.length > 0) input.unshift(rest);
          return;
        }
        if (key === CTRL_C || key === CTRL_D) return breakOff();
        if (key === BACKSPACE || key === DELETE) typed = typed.slice(0, -1);
        else if (typed.length < MAX_PIN_INPUT) typed += key;
      }
    };
    // first, so that what is typed between the question and the answer isn't echoed
    input.setRawMode(true);
    input.on('data', take).on('end', breakOff).on('error', reject).resume();
    says.write(prompt);
  });
}

const ENTER = '\r';
const LINE_FEED = '\n';
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const BACKSPACE = '\b';
const DELETE = '\x7f';
