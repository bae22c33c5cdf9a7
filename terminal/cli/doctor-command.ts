import { join } from 'node:path';
import type { Command } from 'commander';
import { escapeUnseen } from '../../licence/cbor/escape-text.ts';
import { doctorLines } from '../health/doctor-report.ts';
import type { Finding } from '../health/finding.ts';
import { findingsOf } from '../health/findings.ts';
import { type HealthDocument, readHealthDocument } from '../health/health-document.ts';
import { findingsOfStill } from '../health/still-folder.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { askTerminal } from './control-client.ts';

const HELP = `
It asks the running terminal; where none answers, it looks at the data folder itself. Nothing is changed.

Exit code 0: nothing fails (something may be worth watching). 1: something is to be put right.`;

/** Adds `liangzheng doctor`. @param defaultRoot the data folder without `--data`. */
export function addDoctorCommand(program: Command, defaultRoot: string): void {
  program
    .command('doctor')
    .description('what is wrong with this terminal, and what helps against it')
    .option('--data <dir>', 'data folder', defaultRoot)
    .option('--json', 'findings and the health document as one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ data, json }) => {
      const { findings, document } = await diagnose(dataFolder(join(data, 'terminal')));
      const lines = json
        ? [escapeUnseen(JSON.stringify({ findings, document: document ?? null }))]
        : doctorLines(findings, document);
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      process.exitCode = findings.some(({ level }) => level === 'fail') ? 1 : 0;
    });
}

/** Everything that can be found out. The document is absent where no terminal of this version answered. */
export async function diagnose(
  folder: DataFolder,
): Promise<{ readonly findings: readonly Finding[]; readonly document: HealthDocument | undefined }> {
  const answer = await askTerminal(folder.socket, { command: 'status' });
  const document = answer.ok ? readHealthDocument(answer.status) : undefined;
  if (document) return { findings: findingsOf(document), document };
  const why = answer.ok ? 'it is of another version than this command: start it again' : answer.error;
  return { findings: findingsOfStill(folder, why), document };
}
