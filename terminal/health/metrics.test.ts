import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { guard } from '../hosts/web/guard.ts';
import { listenOnLoopback } from '../hosts/web/listen.ts';
import { METRICS_ROUTE, metricsRoute } from '../hosts/web/metrics-route.ts';
import { ask } from '../testing/http.ts';
import type { HealthDocument } from './health-document.ts';
import { MAX_SERVICES, Metrics } from './metrics.ts';
import { AT, iso, wellDocument } from './testing/well-document.ts';

const ACCEPTED = {
  outcome: 'accepted',
  reason: 'accepted',
  service: 'medical-insurance',
  tookMs: 7,
} as const;

test('a scrape is the text format, every line of it', async () => {
  const metrics = new Metrics(wellDocument);
  metrics.verdict(ACCEPTED);
  const { status, headers, body } = await scraped(metrics);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(body.endsWith('\n')).toBe(true);
  for (const line of body.split('\n')) expect(line).toMatch(LINE);
});

test('every metric is of this product and says what it is', async () => {
  const text = await new Metrics(wellDocument).text();
  for (const line of text.split('\n').filter((one) => one.startsWith('# '))) {
    expect(line).toMatch(/^# (HELP liangzheng_\w+ \S.*|TYPE liangzheng_\w+ (counter|gauge|histogram))$/);
  }
});

test('verdicts are counted by outcome, reason and service', async () => {
  const metrics = new Metrics(wellDocument);
  metrics.verdict(ACCEPTED);
  metrics.verdict(ACCEPTED);
  metrics.verdict({ ...ACCEPTED, outcome: 'rejected', reason: 'expired' });
  const samples = samplesOf(await metrics.text());
  const labels = (outcome: string, reason: string) =>
    `liangzheng_verdicts_total{outcome="${outcome}",reason="${reason}",service="medical-insurance"}`;
  expect(samples.get(labels('accepted', 'accepted'))).toBe(2);
  expect(samples.get(labels('rejected', 'expired'))).toBe(1);
});

test('how long scans took falls into buckets of seconds', async () => {
  const metrics = new Metrics(wellDocument);
  metrics.verdict({ ...ACCEPTED, tookMs: 7 });
  const samples = samplesOf(await metrics.text());
  expect(samples.get('liangzheng_scan_seconds_bucket{le="0.005"}')).toBe(0);
  expect(samples.get('liangzheng_scan_seconds_bucket{le="0.01"}')).toBe(1);
  expect(samples.get('liangzheng_scan_seconds_sum')).toBe(0.007);
});

test('the gauges are the figures of the health document', async () => {
  const samples = samplesOf(await new Metrics(() => wellDocument({ droppedScans: 4 })).text());
  const figures = Object.fromEntries([...samples].filter(([name]) => name in FIGURES));
  expect(figures).toEqual(FIGURES);
});

const FIGURES = {
  liangzheng_up: 1,
  'liangzheng_build_info{firmware="0.1.0"}': 1,
  liangzheng_in_service: 1,
  liangzheng_resident_memory_bytes: 80_000_000,
  'liangzheng_scanner_ready{scanner="serial:/dev/ttyACM0"}': 1,
  liangzheng_scans_dropped_total: 4,
  liangzheng_audit_rows: 40,
  liangzheng_audit_unacknowledged: 2,
  liangzheng_audit_store_used_ratio: 0.03,
  liangzheng_audit_store_level: 0,
  liangzheng_clock_offset_seconds: 0.012,
  liangzheng_trust_expires_timestamp_seconds: AT / 1000 + 6 * 86_400,
  'liangzheng_status_list_age_seconds{uri="urn:lz:health:1"}': 3600,
  'liangzheng_agent_task_last_success_timestamp_seconds{task="report"}': AT / 1000 - 60,
};

test.each(['inviting', 'maintenance'])(
  'whether it serves is not told from the screen: %s',
  async (screen) => {
    const samples = samplesOf(await new Metrics(() => wellDocument({ screen, inService: false })).text());
    expect(samples.get('liangzheng_in_service')).toBe(0);
  },
);

test('a scrape shows the moment it is made, and nothing of what was before', async () => {
  let document: HealthDocument = wellDocument();
  const metrics = new Metrics(() => document);
  await metrics.text();
  document = wellDocument({ lists: [{ uri: 'urn:other', signed: iso(AT), expires: iso(AT) }], scanners: [] });
  const names = [...samplesOf(await metrics.text()).keys()];
  expect(names).toContain('liangzheng_status_list_age_seconds{uri="urn:other"}');
  expect(names.filter((name) => name.includes('urn:lz:health:1') || name.includes('ttyACM0'))).toEqual([]);
});

test('what isn’t known is absent rather than 0', async () => {
  const { clock, audit } = wellDocument();
  const { unacknowledged: _, ...unread } = audit;
  const document = wellDocument({ clock: { ...clock, offsetMs: null }, trust: null, audit: unread });
  const names = [...samplesOf(await new Metrics(() => document).text()).keys()].join('\n');
  expect(names).not.toMatch(/clock_offset|trust_expires|audit_unacknowledged/);
});

test('names of services beyond a bound are counted together', async () => {
  const metrics = new Metrics(wellDocument);
  for (let i = 0; i < MAX_SERVICES + 10; i++) metrics.verdict({ ...ACCEPTED, service: `service-${i}` });
  const verdicts = [...samplesOf(await metrics.text())].filter(([name]) => name.includes('verdicts_total'));
  expect(verdicts).toHaveLength(MAX_SERVICES + 1);
  expect(verdicts.find(([name]) => name.includes('service="other"'))?.[1]).toBe(10);
});

test('two terminals in one process count for themselves', async () => {
  const [one, other] = [new Metrics(wellDocument), new Metrics(wellDocument)];
  one?.handOn();
  expect(samplesOf((await other?.text()) ?? '').get('liangzheng_hand_ons_total')).toBe(0);
});

test('a page of another site does not get them', async () => {
  const { status } = await scraped(new Metrics(wellDocument), { host: 'evil.example' });
  expect(status).toBe(403);
});

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const LINE =
  /^(|# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="([^"\\\n]|\\["\\n])*"(,[a-z_]+="([^"\\\n]|\\["\\n])*")*\})? (-?[0-9.e+-]+|\+Inf|NaN))$/;

function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

async function scraped(metrics: Metrics, headers = {}) {
  const server = Fastify();
  onTestFinished(() => server.close());
  guard(server);
  metricsRoute(server, metrics);
  const port = await listenOnLoopback(server, { port: 0, exact: false });
  return ask(port, { path: METRICS_ROUTE, headers });
}
