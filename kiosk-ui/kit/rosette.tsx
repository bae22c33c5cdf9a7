const TURN = 2 * Math.PI;

/** One closed wave around a ring; several of them, out of step, make the web engraved on licences and banknotes. */
interface Band {
  readonly radius: number;
  readonly swing: number;
  readonly lobes: number;
  readonly strands: number;
}

const BANDS: readonly Band[] = [
  { radius: 452, swing: 40, lobes: 24, strands: 6 },
  { radius: 340, swing: 66, lobes: 15, strands: 8 },
  { radius: 204, swing: 56, lobes: 9, strands: 8 },
];

const POINTS_PER_LOBE = 16;

/** The engraved rosette in the background: the product's own mark of an official paper. Purely an ornament. */
export function Rosette() {
  return (
    <svg class="rosette" viewBox="-500 -500 1000 1000" aria-hidden="true">
      {BANDS.map((band) => (
        <path key={band.radius} d={bandPath(band)} />
      ))}
    </svg>
  );
}

/** SVG path data of all strands of a band around the origin. */
function bandPath(band: Band): string {
  return Array.from({ length: band.strands }, (_, strand) => strandPath(band, strand / band.strands)).join(
    '',
  );
}

function strandPath({ radius, swing, lobes }: Band, phase: number): string {
  const count = lobes * POINTS_PER_LOBE;
  const points = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * TURN;
    const distance = radius + swing * Math.sin(lobes * angle + phase * TURN);
    return `${(distance * Math.cos(angle)).toFixed(1)} ${(distance * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
