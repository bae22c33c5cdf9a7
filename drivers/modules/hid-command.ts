/** HID POS reports are 64 bytes with their id; this much of one holds a command. */
export const MAX_HID_COMMAND_BYTES = 62;
const REPORT_BYTES = 64;

/**
 * An output report that carries a command: id, length, command, zeros.
 * @throws RangeError where the command doesn't fit: none of ours is that long
 */
export function hidCommandReport(reportId: number, command: Uint8Array): Uint8Array {
  if (command.length > MAX_HID_COMMAND_BYTES) throw new RangeError(`${command.length} bytes in one report`);
  const report = new Uint8Array(REPORT_BYTES);
  report.set([reportId, command.length]);
  report.set(command, 2);
  return report;
}
