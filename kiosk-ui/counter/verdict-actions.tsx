import { type Command, type Language, type Offer, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { HandOnForm } from './hand-on-form.tsx';

export interface VerdictActionsProps {
  readonly offers: readonly Offer[];
  /** Whether somebody is logged in. */
  readonly staff: boolean;
  readonly language: Language;
  readonly onCommand: (command: Command) => void;
}

/** What can be done next with the licence on the screen. Draws nothing where nothing is on offer. */
export function VerdictActions({ offers, staff, language, onCommand }: VerdictActionsProps) {
  const words = wording[language];
  const chooses = offers.includes('choose-business') && (
    <Button look="primary" onPress={() => onCommand({ type: 'choose-business' })}>
      {words.session.business.choose}
    </Button>
  );
  const adds = staff && offers.includes('add-another') && (
    <Button onPress={() => onCommand({ type: 'add-another' })}>{words.desk.addAnother}</Button>
  );
  if (staff && offers.includes('hand-on')) {
    return (
      <HandOnForm language={language} onCommand={onCommand}>
        {adds}
        {chooses}
      </HandOnForm>
    );
  }
  if (!chooses && !adds) return null;
  return (
    <div class="desk-actions">
      {adds}
      {chooses}
    </div>
  );
}
