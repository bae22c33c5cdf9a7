import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where everything of one terminal lies. */
export interface DataFolder {
  readonly root: string;
  /** Written by the terminal: audit log, replay memory, pinned trust, staff, health. */
  readonly auditDb: string;
  /** Written by the sync agent: trust, lists, watermarks. */
  readonly syncDb: string;
  /** The terminal's private key, mode 0600. */
  readonly key: string;
  /** Where to enrol: written by whoever sets the terminal up, read and removed by the agent. */
  readonly enrolment: string;
  /** Scanner models beside the built-in ones, written by operators; may be absent. */
  readonly scannerProfiles: string;
  /** Business systems admitted to the bridge, with hashes of their tokens; absent before the first. */
  readonly bridgeClients: string;
  /** How far the audit log was written, kept beside it: tells when `audit.db` lost rows. */
  readonly witness: string;
  /** Bytes held back for a full disk. */
  readonly ballast: string;
  /** Folder of broken audit stores, one folder each. */
  readonly setAside: string;
  /** Unix socket of the running terminal, mode 0600. */
  readonly socket: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    auditDb: join(root, 'audit.db'),
    syncDb: join(root, 'sync.db'),
    key: join(root, 'terminal.key'),
    enrolment: join(root, 'enrolment.json'),
    scannerProfiles: join(root, 'scanners.json'),
    bridgeClients: join(root, 'bridge-clients.json'),
    witness: join(root, 'audit.witness'),
    ballast: join(root, 'ballast'),
    setAside: join(root, 'set-aside'),
    socket: join(root, 'run', 'terminal.sock'),
  };
}

/** `$LIANGZHENG_DATA`, else `~/.local/share/liangzheng` as the XDG base directories have it. */
export function defaultDataRoot(env: NodeJS.ProcessEnv): string {
  return env.LIANGZHENG_DATA ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'liangzheng');
}
