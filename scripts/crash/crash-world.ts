import { type DataFolder, dataFolder } from '../../terminal/store/data-folder.ts';
import { SyncStore } from '../../terminal/store/sync-store.ts';
import { DemoCity } from '../../terminal/testing/demo-city.ts';

/** As the demo city enrols it. */
export const TERMINAL_ID = new Uint8Array(16);

/** Enrols a terminal of the demo world in this folder; does nothing where one is. */
export async function prepareFolder(root: string): Promise<DataFolder> {
  const folder = dataFolder(root);
  const store = new SyncStore(folder.syncDb);
  if (!store.enrolment()) (await DemoCity.found()).enrol(store);
  store.close();
  return folder;
}
