import { Command } from 'commander';
import { admitIssuerCommand } from './admit-issuer-command.ts';
import { auditCommand } from './audit-command.ts';
import { catalogueCommand } from './catalogue-command.ts';
import { delegateCommand } from './delegate-command.ts';
import { delegationsCommand } from './delegations-command.ts';
import { enrolmentCodeCommand } from './enrolment-code-command.ts';
import { exportCommand } from './export-command.ts';
import { issueCommand } from './issue-command.ts';
import { issuersCommand } from './issuers-command.ts';
import { licencesCommand } from './licences-command.ts';
import { maintenanceGrantCommand } from './maintenance-grant-command.ts';
import { serveCommand } from './serve-command.ts';
import { stateCommand } from './state-command.ts';
import { terminalsCommand } from './terminals-command.ts';

/**
 * The city's command line. Every command works beside a running server on the same data folder.
 *
 * Parsing throws CommanderError for misuse, and after help (exit code 0), with everything said already.
 */
export function cityProgram(): Command {
  const program = new Command('city')
    .description('A city licence system to run terminals against')
    .addCommand(serveCommand())
    .addCommand(enrolmentCodeCommand())
    .addCommand(admitIssuerCommand())
    .addCommand(issuersCommand())
    .addCommand(issueCommand())
    .addCommand(delegateCommand())
    .addCommand(stateCommand('revoke'))
    .addCommand(stateCommand('suspend'))
    .addCommand(stateCommand('resume'))
    .addCommand(licencesCommand())
    .addCommand(delegationsCommand())
    .addCommand(catalogueCommand())
    .addCommand(terminalsCommand())
    .addCommand(maintenanceGrantCommand())
    .addCommand(auditCommand())
    .addCommand(exportCommand());
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of [program, ...commands]) command.exitOverride();
  return program;
}
