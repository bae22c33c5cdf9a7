export interface HoldHereProps {
  /** The dimension written into the drawing. */
  readonly distance: string;
  /** What the drawing shows, in words. */
  readonly described: string;
}

/** Modules of the drawn code, rows of 13. Only a picture: no scanner reads it. */
const CODE_ROWS = [
  '0000011100000',
  '0000000100000',
  '0000000100000',
  '0000010000000',
  '0000001100000',
  '0000000011100',
  '1100111011010',
  '0010110000001',
  '0000011100110',
  '0000011010000',
  '0000000110010',
  '0000001101100',
  '0000011000100',
];

const FINDERS = [
  [0, 0],
  [9, 0],
  [0, 9],
] as const;

/** A phone that floats down to the scan window until its light falls on the code. */
export function HoldHere({ distance, described }: HoldHereProps) {
  return (
    <svg class="hold-here" viewBox="-140 0 840 640" role="img" aria-label={described}>
      <defs>
        <linearGradient id="beam" x1="0" y1="1" x2="0" y2="0">
          <stop class="beam-source" offset="0" />
          <stop class="beam-end" offset="1" />
        </linearGradient>
      </defs>

      <g class="scanner">
        <path class="scanner-body" d="M112 556h336a22 22 0 0 1 22 22v62H90v-62a22 22 0 0 1 22-22z" />
        <path class="scanner-window" d="M178 556h204l-14 26H192z" />
      </g>
      <path class="beam" d="M196 556h168l46-196H150z" />

      <g class="phone">
        <rect class="phone-body" x="164" y="20" width="232" height="400" rx="34" />
        <rect class="phone-screen" x="177" y="33" width="206" height="374" rx="23" />
        <rect class="phone-ear" x="250" y="45" width="60" height="8" rx="4" />
        <path class="phone-title" d="M232 92h96M252 112h56" />
        <g class="phone-code" transform="translate(202 146)">
          <DrawnCode />
        </g>
        <rect class="phone-scanline" x="194" y="142" width="172" height="5" rx="2.5" />
        <path class="phone-text" d="M222 350h116M242 372h76" />
      </g>

      <g class="dimension">
        <path d="M424 424h44M424 552h44M446 436v104" />
        <path d="M438 446l8-12 8 12M438 530l8 12 8-12" />
        <text x="470" y="498">
          {distance}
        </text>
      </g>
    </svg>
  );
}

const MODULE = 12;

function DrawnCode() {
  return (
    <>
      {CODE_ROWS.flatMap((row, y) =>
        [...row].map((module, x) =>
          module === '1' ? (
            <rect key={`${x}.${y}`} x={x * MODULE} y={y * MODULE} width={11} height={11} rx={2} />
          ) : null,
        ),
      )}
      {FINDERS.map(([left, top]) => (
        <g key={`${left}.${top}`} transform={`translate(${left * MODULE} ${top * MODULE})`}>
          <path
            d="M8 0h31a8 8 0 0 1 8 8v31a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8zm1 8a1 1 0 0 0-1 1v29a1 1 0 0 0 1 1h29a1 1 0 0 0 1-1V9a1 1 0 0 0-1-1z"
            fill-rule="evenodd"
          />
          <rect x="16" y="16" width="15" height="15" rx="3" />
        </g>
      ))}
    </>
  );
}
