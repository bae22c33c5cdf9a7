import { Command } from 'commander';
import { auditCommand } from './audit-command.ts';
import { enrolmentCodeCommand } from './enrolment-code-command.ts';
import { issueCommand } from './issue-command.ts';
import { licencesCommand } from './licences-command.ts';
import { revokeCommand } from './revoke-command.ts';
import { serveCommand } from './serve-command.ts';
import { terminalsCommand } from './terminals-command.ts';

/** The city's command line. Every command works beside a running server on the same data folder. */
export function cityProgram(): Command {
  return new Command('city')
    .description('A city licence system to run terminals against')
    .addCommand(serveCommand())
    .addCommand(enrolmentCodeCommand())
    .addCommand(issueCommand())
    .addCommand(revokeCommand())
    .addCommand(licencesCommand())
    .addCommand(terminalsCommand())
    .addCommand(auditCommand());
}
