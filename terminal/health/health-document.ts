import { z } from 'zod';

/**
 * How a terminal is, in one document: what `liangzheng status` prints and `doctor` explains, what the city is told, and
 * what the metrics are taken from. Nothing personal, everything bounded. One of another version is not read.
 */
export const healthDocument = z.object({
  version: z.literal(1),
  /** The likeliest time, unix ms. */
  at: z.number(),
  firmware: z.string(),
  pid: z.int(),
  terminalId: z.string(),
  upSeconds: z.number(),
  memory: z.object({ rssBytes: z.number() }),
  /** What it is configured for, and what the city's catalogue offers. */
  service: z.string(),
  services: z.array(z.string()),
  screen: z.string(),
  /** Whether people can be served: not while it starts, is out of service or is maintained. */
  inService: z.boolean(),
  /** Why, where the screen is out-of-service. */
  cause: z.string().optional(),
  clock: z.object({
    /** Whether codes are judged by it. */
    trusted: z.boolean(),
    /** The system clock, unix ms. */
    systemMs: z.number(),
    /** city time − system clock; null before the city signed a time. */
    offsetMs: z.number().nullable(),
    /** The latest time the city signed, ISO 8601. */
    signed: z.string().nullable(),
  }),
  trust: z
    .object({
      versions: z.object({ root: z.int(), timestamp: z.int(), snapshot: z.int(), targets: z.int() }),
      expires: z.string(),
    })
    .nullable(),
  /** Status lists in use, those first that end first; at most `MAX_LISTS` of `listsHeld`. */
  lists: z.array(z.object({ uri: z.string(), signed: z.string(), expires: z.string() })),
  listsHeld: z.int(),
  /** Owned by admitted issuers, not fetched yet; at most `MAX_LISTS` of them. */
  missingLists: z.array(z.string()),
  scanners: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      state: z.enum(['searching', 'ready', 'released']),
      /** What it reads from and what that is used as, where it is ready. */
      device: z.string().optional(),
      model: z.string().optional(),
      /** What would help, where it is searching. */
      cure: z.string().optional(),
      /** What its module can be asked to do. */
      capabilities: z.array(z.string()),
      statistics: z.object({
        scans: z.int(),
        heldOff: z.int(),
        droppedStale: z.int(),
        droppedPaused: z.int(),
        droppedTooFast: z.int(),
        discardedBytes: z.int(),
        connections: z.int(),
        faults: z.int(),
        lastFault: z.object({ name: z.string(), detail: z.string(), agoMs: z.number() }).optional(),
      }),
    }),
  ),
  /** Scans lost because too many came at once. */
  droppedScans: z.int(),
  audit: z.object({
    epoch: z.string(),
    /** Written in this epoch, and how many of them the city durably has. */
    rows: z.int(),
    acknowledged: z.int(),
    /**
     * Of every epoch: what the city doesn't have yet, and since when the oldest of it waits (unix ms). Absent while the
     * store can't be read.
     */
    unacknowledged: z.int().optional(),
    oldestMs: z.number().optional(),
  }),
  store: z.object({
    level: z.enum(['ok', 'low', 'full', 'failed']),
    /** Named cause while it failed, such as `read-only: …`. */
    failure: z.string().optional(),
    /** To one decimal. */
    usedPercent: z.number(),
    /** Broken stores put aside and not looked at yet. */
    setAside: z.int(),
  }),
  /** Of the partition the data folder lies on, for this user; null where the system doesn't say. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  /** Files, by their path in the data folder, that others than their owner may open. */
  exposed: z.array(z.string()),
  /** How the sync agent's tasks fare; times are unix ms of the system clock. */
  tasks: z.array(
    z.object({
      name: z.string(),
      okAt: z.number().nullable(),
      failedAt: z.number().nullable(),
      failure: z.string().nullable(),
    }),
  ),
  bridge: z.object({
    /** Business systems admitted, and how many listen. */
    clients: z.int(),
    listening: z.int(),
    /** Why the list of those admitted can't be used; nobody is admitted then. */
    fault: z.string().optional(),
  }),
  staff: z.object({ loggedIn: z.boolean() }),
});

export type HealthDocument = z.infer<typeof healthDocument>;

/** @returns undefined for what is no document of this version. */
export function readHealthDocument(value: unknown): HealthDocument | undefined {
  const parsed = healthDocument.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
