import { escapeUnseen } from '../../licence/cbor/escape-text.ts';
import { spanOf } from './ago.ts';
import { AREAS, type Area, type Finding } from './finding.ts';
import type { HealthDocument } from './health-document.ts';

/**
 * The findings as lines for people: one or more for each area that could be looked at, marked by sign and word alike, and
 * under each what helps against it.
 *
 * @param document absent where no terminal answered: areas without a finding are then left out, since nobody knows.
 */
export function doctorLines(
  findings: readonly Finding[],
  document: HealthDocument | undefined,
): readonly string[] {
  const lines = AREAS.flatMap((area) => {
    const own = findings.filter((finding) => finding.area === area);
    if (own.length > 0) return own.flatMap(findingLines);
    return document ? [`${MARKS.ok}  ${area.padEnd(AREA_WIDTH)}  ${wellWords(area, document)}`] : [];
  });
  return [...lines, '', summary(findings)].map(escapeUnseen);
}

const AREA_WIDTH = Math.max(...AREAS.map(({ length }) => length));
const MARKS = { ok: '✓ ok  ', warn: '! warn', fail: '✗ FAIL' } as const;
const INDENT = ' '.repeat(MARKS.ok.length + 2 + AREA_WIDTH + 2);

function findingLines({ level, area, about, sentence, cure }: Finding): string[] {
  const subject = about === '' ? '' : `${about}: `;
  return [`${MARKS[level]}  ${area.padEnd(AREA_WIDTH)}  ${subject}${sentence.en}`, `${INDENT}→ ${cure.en}`];
}

function summary(findings: readonly Finding[]): string {
  const fails = findings.filter(({ level }) => level === 'fail').length;
  if (findings.length === 0) return 'All is well.';
  return `${fails} to be put right, ${findings.length - fails} to be watched.`;
}

/** What there is to say of an area that is as it should be. */
function wellWords(area: Area, document: HealthDocument): string {
  const { clock, trust, lists, listsHeld, scanners, audit, store, disk, tasks, bridge } = document;
  switch (area) {
    case 'terminal':
      return `answers (firmware ${document.firmware}, up ${spanOf(document.upSeconds * 1000).en}, screen ${document.screen})`;
    case 'service':
      return document.service;
    case 'clock':
      return `${clock.offsetMs ?? 0} ms from the city’s, which last signed ${clock.signed ?? 'none'}`;
    case 'trust':
      return `until ${trust?.expires ?? 'never'}`;
    case 'lists':
      return lists[0] ? `${listsHeld} in use, the first ends ${lists[0].expires}` : 'none needed';
    case 'scanners':
      return scanners
        .filter(({ state }) => state === 'ready')
        .map(({ id }) => id)
        .join(', ');
    case 'store':
      return `${audit.rows} rows, ${audit.unacknowledged ?? 'unknown'} of all waiting for the city, ${store.usedPercent} % full`;
    case 'disk':
      return disk ? `${Math.floor(disk.freeBytes / 1024 / 1024)} MiB free` : 'the system says nothing of it';
    case 'agent':
      return tasks.length > 0 ? tasks.map(({ name }) => name).join(', ') : 'not heard of yet';
    case 'bridge':
      return bridge.clients > 0 ? `${bridge.listening} of ${bridge.clients} listening` : 'nobody admitted';
    case 'files':
      return 'open to their owner only';
    default:
      return area satisfies never;
  }
}
