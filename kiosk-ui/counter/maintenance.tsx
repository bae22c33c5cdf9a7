import { type Language, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import type { ScreenOf } from '../kit/live-screen.tsx';
import { Message } from '../kit/message.tsx';

export interface MaintenanceProps {
  readonly screen: ScreenOf<'maintenance'>;
  readonly language: Language;
  readonly onEnd: () => void;
}

/** Somebody looks after the terminal; no codes are taken until they end it. */
export function Maintenance({ screen, language, onEnd }: MaintenanceProps) {
  const { session, desk } = wording[language];
  return (
    <div class="desk-screen">
      <Message
        icon="attention"
        headline={session.maintenance.headline}
        sentence={desk.maintenance.by(screen.staff)}
        todo={desk.maintenance.todo}
      />
      <footer class="desk-foot">
        <div class="desk-foot-buttons">
          <Button look="primary" onPress={onEnd}>
            {desk.maintenance.end}
          </Button>
        </div>
      </footer>
    </div>
  );
}
