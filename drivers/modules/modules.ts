import { datalogic } from './datalogic.ts';
import { grow } from './grow.ts';
import { honeywell } from './honeywell.ts';
import type { ModuleName, ScannerModule } from './module.ts';
import { newland } from './newland.ts';
import { ssi } from './ssi.ts';

/** The command set of that name. */
export function moduleNamed(name: ModuleName): ScannerModule {
  switch (name) {
    case 'grow':
      return grow;
    case 'newland':
      return newland;
    case 'honeywell':
      return honeywell;
    case 'ssi':
      return ssi;
    case 'datalogic':
      return datalogic;
    default:
      return name satisfies never;
  }
}
