import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { FieldList, type FieldListProps } from '../kit/field-list.tsx';
import { Icon } from '../kit/icon.tsx';
import { nextPageTop, rowsCut, rowsToCome, type Span } from './rows-in-view.ts';

export interface LicenceCardProps {
  readonly title: string;
  readonly fields: FieldListProps['fields'];
  readonly words: Wording['verdict'];
}

/** What the window over the fields shows now. */
interface InView {
  readonly undrawn: ReadonlySet<number>;
  readonly toCome: number;
  readonly overflows: boolean;
}

const ALL_IN_VIEW: InView = { undrawn: new Set(), toCome: 0, overflows: false };

/** The licence's fields. Where they don't all fit: whole rows only, and a button in plain sight for the others. */
export function LicenceCard({ title, fields, words }: LicenceCardProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [inView, setInView] = useState(ALL_IN_VIEW);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setInView(inViewOf(element));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    // large type and another language change the list and may leave the window as it is
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  const turnPage = () => {
    const element = scroller.current;
    if (element) element.scrollTop = nextPageTop(rowsOf(element), windowOf(element));
  };

  return (
    <Card title={title} class="licence">
      <div class="licence-window" ref={scroller}>
        <FieldList fields={fields} undrawn={inView.undrawn} />
      </div>
      <div class="licence-foot">
        {inView.overflows && (
          <Button onPress={turnPage}>
            {inView.toCome > 0 ? words.more(inView.toCome) : words.backToFirst}
            <Icon name={inView.toCome > 0 ? 'more' : 'back-to-first'} />
          </Button>
        )}
        <p class="masked">{words.masked}</p>
      </div>
    </Card>
  );
}

function inViewOf(element: HTMLElement): InView {
  const rows = rowsOf(element);
  const window = windowOf(element);
  const undrawn = rowsCut(rows, window);
  const toCome = rowsToCome(rows, window);
  return { undrawn, toCome, overflows: undrawn.size > 0 || toCome > 0 };
}

function windowOf(element: HTMLElement): Span {
  return { top: element.scrollTop, bottom: element.scrollTop + element.clientHeight };
}

function rowsOf(element: HTMLElement): Span[] {
  const origin = element.getBoundingClientRect().top - element.scrollTop;
  return [...element.querySelectorAll('.field')].map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return { top: top - origin, bottom: bottom - origin };
  });
}
