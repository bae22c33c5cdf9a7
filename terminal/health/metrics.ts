import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome, Reason } from '../contract.ts';
import type { HealthDocument } from './health-document.ts';

/** Of scans: from the last byte to the verdict, seconds. The promise is 20 ms; one that asks the city takes longer. */
const SCAN_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** A city may rename its services; a terminal that lives through more names than this counts the rest together. */
export const MAX_SERVICES = 32;
const OTHER = 'other';

/** A level as a number, so that an alarm can be set on it. */
const LEVELS = { ok: 0, low: 1, full: 2, failed: 3 } as const;

/**
 * What Prometheus is told. The gauges are the health document's own figures, read when somebody asks; only what happens
 * between two readings is counted here. Labels come from the catalogue and the code, never from a licence, and are bounded.
 */
export class Metrics {
  readonly #health: () => HealthDocument;
  readonly #registry = new Registry();
  readonly #setGauges: (document: HealthDocument) => void;
  readonly #services = new Set<string>();
  readonly #verdicts;
  readonly #scanSeconds;
  readonly #handOns;

  /** @param health the document of this moment. */
  constructor(health: () => HealthDocument) {
    const registers = [this.#registry];
    this.#verdicts = new Counter({
      name: 'liangzheng_verdicts_total',
      help: 'Codes judged.',
      labelNames: ['outcome', 'reason', 'service'],
      registers,
    });
    this.#scanSeconds = new Histogram({
      name: 'liangzheng_scan_seconds',
      help: 'From the last byte of a scan to its durable verdict.',
      buckets: SCAN_BUCKETS,
      registers,
    });
    this.#handOns = new Counter({
      name: 'liangzheng_hand_ons_total',
      help: 'Verdicts and cases handed on to a business system.',
      registers,
    });
    this.#setGauges = healthGauges(this.#registry);
    this.#health = health;
  }

  verdict(verdict: {
    readonly outcome: Outcome;
    readonly reason: Reason;
    readonly service: string;
    readonly tookMs: number;
  }): void {
    const { outcome, reason, service, tookMs } = verdict;
    this.#verdicts.inc({ outcome, reason, service: this.#bounded(service) });
    this.#scanSeconds.observe(tookMs / 1000);
  }

  handOn(): void {
    this.#handOns.inc();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text format, version 0.0.4. */
  async text(): Promise<string> {
    this.#setGauges(this.#health());
    return this.#registry.metrics();
  }

  #bounded(service: string): string {
    if (this.#services.has(service)) return service;
    if (this.#services.size >= MAX_SERVICES) return OTHER;
    this.#services.add(service);
    return service;
  }
}

/** The gauges of a document. @returns how they are set from one; what isn't in it any more is no longer shown. */
function healthGauges(registry: Registry): (document: HealthDocument) => void {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `liangzheng_${name}`, help, labelNames, registers: [registry] });
  const up = gauge('up', 'Always 1: the terminal answered.');
  const build = gauge('build_info', 'Always 1; which firmware.', 'firmware');
  const upSeconds = gauge('up_seconds', 'Since the terminal started.');
  const memory = gauge('resident_memory_bytes', 'Resident set size of the terminal process.');
  const inService = gauge('in_service', '1 while people can be served.');
  const dropped = new Counter({
    name: 'liangzheng_scans_dropped_total',
    help: 'Scans lost because too many came at once.',
    registers: [registry],
  });
  const scanner = gauge('scanner_ready', '1 while this scanner is ready.', 'scanner');
  const rows = gauge('audit_rows', 'Rows of the epoch being written.');
  const waiting = gauge('audit_unacknowledged', 'Audit rows that the city does not have yet.');
  const used = gauge('audit_store_used_ratio', 'How full the audit store is, 0 to 1.');
  const level = gauge('audit_store_level', '0 ok, 1 low, 2 full, 3 failed.');
  const offset = gauge('clock_offset_seconds', 'City time less system clock.');
  const trusted = gauge('clock_trusted', '1 while codes are judged by this clock.');
  const expires = gauge('trust_expires_timestamp_seconds', 'When what the city says whom to trust ends.');
  const age = gauge('status_list_age_seconds', 'Since the list was signed.', 'uri');
  const missing = gauge('status_lists_missing', 'Lists of admitted issuers that were never fetched.');
  const success = gauge('agent_task_last_success_timestamp_seconds', 'By the system clock.', 'task');
  return (document) => {
    for (const one of [build, scanner, age, success, dropped]) one.reset();
    for (const one of [offset, expires, waiting]) one.remove(); // what isn't known isn't 0
    up.set(1);
    build.set({ firmware: document.firmware }, 1);
    upSeconds.set(document.upSeconds);
    memory.set(document.memory.rssBytes);
    inService.set(document.inService ? 1 : 0);
    dropped.inc(document.droppedScans);
    for (const { id, state } of document.scanners) scanner.set({ scanner: id }, state === 'ready' ? 1 : 0);
    rows.set(document.audit.rows);
    used.set(document.store.usedPercent / 100);
    level.set(LEVELS[document.store.level]);
    trusted.set(document.clock.trusted ? 1 : 0);
    if (document.clock.offsetMs !== null) offset.set(document.clock.offsetMs / 1000);
    const { unacknowledged } = document.audit;
    if (unacknowledged !== undefined) waiting.set(unacknowledged);
    if (document.trust) expires.set(Date.parse(document.trust.expires) / 1000);
    for (const { uri, signed } of document.lists) age.set({ uri }, (document.at - Date.parse(signed)) / 1000);
    missing.set(document.missingLists.length);
    for (const { name, okAt } of document.tasks) if (okAt !== null) success.set({ task: name }, okAt / 1000);
  };
}
