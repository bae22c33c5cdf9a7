import { existsSync } from 'node:fs';
import type { Profile } from '../../drivers/profiles/profile.ts';
import { readProfileFile } from '../../drivers/profiles/profile-file.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** Scanner models an operator added to this terminal; none where there is no such file. @throws Error naming file, key and what was expected. */
export async function scannerProfiles(folder: DataFolder): Promise<readonly Profile[]> {
  if (!existsSync(folder.scannerProfiles)) return [];
  const reading = await readProfileFile(folder.scannerProfiles);
  if (reading.ok) return reading.profiles;
  throw new Error(reading.detail);
}
