import { useRef } from 'preact/hooks';
import { type Command, type View, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';

export interface ServiceMenuProps {
  readonly view: View;
  readonly onCommand: (command: Command) => void;
}

/** What else this terminal can be used for; only for staff, and only where there is something else. */
export function ServiceMenu({ view, onCommand }: ServiceMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const { language } = view.settings;
  const { staff, services } = view.desk ?? { services: [] };
  const others = services.filter(({ id }) => id !== view.service.id);
  if (!staff || others.length === 0) return null;
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      class="service-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        event.stopPropagation();
        close();
      }}
    >
      <summary class="button button-quiet">{wording[language].desk.switchService}</summary>
      <div class="service-menu-list">
        {others.map(({ id, names }) => (
          <Button
            key={id}
            onPress={() => {
              close();
              onCommand({ type: 'switch-service', service: id });
            }}
          >
            {names[language]}
          </Button>
        ))}
      </div>
    </details>
  );
}
