import { Rosette } from './rosette.tsx';

export type EngravingName = 'accepted' | 'rejected' | 'undetermined';

/** The ornament behind an answer repeats the outline of its seal: the web of a whole licence, octagons, diamonds. */
export function Engraving({ name }: { readonly name: EngravingName }) {
  if (name === 'accepted') return <Rosette />;
  return (
    <svg class="rosette" viewBox="-500 -500 1000 1000" aria-hidden="true">
      <path d={nestedPolygons(name === 'rejected' ? 8 : 4)} />
    </svg>
  );
}

/** Octagons stand on a side as stop signs do, diamonds on a corner. */
function nestedPolygons(corners: number): string {
  const start = corners === 8 ? Math.PI / 8 : 0;
  const radii = Array.from({ length: 30 }, (_, index) => 150 + 4 * index + index ** 2 * 0.75);
  return radii.map((radius) => polygon(corners, radius, start)).join('');
}

function polygon(corners: number, radius: number, start: number): string {
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = start + (corner / corners) * 2 * Math.PI;
    return `${(radius * Math.cos(angle)).toFixed(1)} ${(radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
