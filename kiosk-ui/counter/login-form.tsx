import { useState } from 'preact/hooks';
import { type Language, type Login, MAX_GRANT_TEXT, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/text-field.tsx';

const ROLES = ['staff', 'maintenance'] as const satisfies readonly Login['as'][];

/** Room for any staff id and PIN. */
const MAX_CREDENTIAL = 64;

export interface LoginFormProps {
  readonly language: Language;
  readonly onLogin: (login: Login) => void;
  readonly onCancel: () => void;
}

/** Staff id and PIN; for maintenance also the city's grant. The PIN leaves the field with each attempt. */
export function LoginForm({ language, onLogin, onCancel }: LoginFormProps) {
  const { login: words, cancel } = wording[language].desk;
  const [as, setAs] = useState<Login['as']>('staff');
  const [id, setId] = useState('');
  const [pin, setPin] = useState('');
  const [grant, setGrant] = useState('');

  const submit = (event: Event) => {
    event.preventDefault();
    if (id.trim() === '' || pin === '') return;
    const who = { id: id.trim(), pin };
    if (as === 'staff') onLogin({ as, ...who });
    else onLogin({ as, ...who, ...(grant.trim() ? { grant: grant.trim() } : {}) });
    setPin('');
  };

  return (
    <form
      class="staff-panel login"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <h2>{words.title}</h2>
      <fieldset class="segments">
        {ROLES.map((role) => (
          <Button key={role} pressed={role === as} onPress={() => setAs(role)}>
            {words.roles[role]}
          </Button>
        ))}
      </fieldset>
      <TextField label={words.id} value={id} onChange={setId} maxLength={MAX_CREDENTIAL} first />
      <TextField label={words.pin} value={pin} onChange={setPin} maxLength={MAX_CREDENTIAL} secret />
      {as === 'maintenance' && (
        <TextField
          label={words.grant}
          value={grant}
          onChange={setGrant}
          maxLength={MAX_GRANT_TEXT}
          hint={words.grantHint}
        />
      )}
      <div class="form-buttons">
        <Button onPress={onCancel}>
          {cancel} <kbd>Esc</kbd>
        </Button>
        <Button look="primary" submits>
          {words.submit}
        </Button>
      </div>
      {as === 'staff' && <small>{words.badgeHint}</small>}
    </form>
  );
}
