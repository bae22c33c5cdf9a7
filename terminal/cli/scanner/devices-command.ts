import type { Command } from 'commander';
import { LockFiles } from '../../../drivers/claims/lock-files.ts';
import { type DeviceReport, reportDevice } from '../../../drivers/discovery/device-report.ts';
import { listDevices } from '../../../drivers/discovery/list-devices.ts';
import { udevRules } from '../../../drivers/profiles/udev-rules.ts';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { allProfiles } from './scanner-tool.ts';

/** Adds `liangzheng devices`. */
export function addDevicesCommand(program: Command, defaultRoot: string): void {
  program
    .command('devices')
    .description('what is plugged in, what it would be used as, and why not')
    .option('--data <dir>', 'data folder whose scanners.json is heeded', defaultRoot)
    .option('--json', 'one JSON object per line')
    .option('--udev-rules', 'print the udev rules that let a terminal use the scanners it knows, and end')
    .action(async ({ data, json, udevRules: rules }) => {
      const profiles = await allProfiles(data);
      if (rules) {
        process.stdout.write(udevRules(profiles));
        return;
      }
      const { devices, troubles } = await listDevices();
      const claims = new LockFiles();
      const reports = devices.map((device) => reportDevice(device, profiles, claims));
      const lines = json
        ? [...reports, ...troubles].map((one) => JSON.stringify(one))
        : [
            ...(reports.length === 0 ? ['No serial port, HID device or keyboard is there.'] : []),
            ...reports.flatMap(sentences),
            ...troubles.map(({ transport, detail, cure }) => `${transport}: ${detail}: ${cure}`),
          ];
      process.stdout.write(lines.map((line) => `${escapeUnseen(line)}\n`).join(''));
    });
}

function sentences(report: DeviceReport): string[] {
  const { address, ids, usage, name, use, model, framing, module, why } = report;
  const what = [address, ids, usage && `usage ${usage}`, name].filter(Boolean).join('  ');
  return [
    what,
    `    ${USES[use]}${model ? `${model} (${[framing, module].filter(Boolean).join(', ')})` : ''}`,
  ].concat(why ? [`    ${why}`] : []);
}

const USES = {
  scanner: 'scanner: ',
  ask: 'asked what it is when it is needed: ',
  none: 'not used',
} as const;
