import { useState } from 'preact/hooks';
import { type Desk, type Language, type Login, wording } from '../../terminal/contract.ts';
import { Button } from '../kit/button.tsx';
import { LoginForm } from './login-form.tsx';

export interface StaffPanelProps {
  readonly desk: Desk;
  readonly language: Language;
  readonly onLogin: (login: Login) => void;
  readonly onLogOut: () => void;
}

/** Who is logged in, and the way in and out. */
export function StaffPanel({ desk, language, onLogin, onLogOut }: StaffPanelProps) {
  const words = wording[language].desk.login;
  const [open, setOpen] = useState(false);
  const { staff } = desk;
  if (staff) {
    return (
      <section class="staff-panel">
        <p class="staff-name">
          <strong>{staff.name}</strong> <code>{staff.id}</code>
        </p>
        <Button
          onPress={() => {
            setOpen(false);
            onLogOut();
          }}
        >
          {words.logOut}
        </Button>
      </section>
    );
  }
  if (open) return <LoginForm language={language} onLogin={onLogin} onCancel={() => setOpen(false)} />;
  return (
    <section class="staff-panel">
      <p>{words.nobody}</p>
      <Button onPress={() => setOpen(true)}>{words.open}</Button>
    </section>
  );
}
