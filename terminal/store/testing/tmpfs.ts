import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A small disk of the running test's own. */
export interface SmallDisk {
  readonly root: string;
  remount(access: 'ro' | 'rw'): void;
}

/** @returns a reason in words where this user may not mount one. */
export function mountTmpfs(megabytes: number): SmallDisk | string {
  const root = mkdtempSync(join(tmpdir(), 'liangzheng-disk-'));
  const mounted = run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', root);
  if (mounted !== undefined) {
    rmdirSync(root);
    return `no small disk here: ${mounted}`;
  }
  onTestFinished(() => {
    const failed = run('umount', root);
    if (failed !== undefined) throw new Error(failed);
    rmdirSync(root);
  });
  return {
    root,
    remount: (access) => {
      const failed = run('mount', '-o', `remount,${access}`, root);
      if (failed !== undefined) throw new Error(failed);
    },
  };
}

/** Mounts something on a folder, which can then not be removed. @returns a reason in words where this user may not. */
export function mountOn(path: string): string | undefined {
  const refused = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path);
  if (refused !== undefined) return `no mount here: ${refused}`;
  onTestFinished(() => {
    const failed = run('umount', path);
    if (failed !== undefined) throw new Error(failed);
  });
  return undefined;
}

function run(command: string, ...args: string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim();
}
