import type { Login, Screen, ShownCase, View } from '../../terminal/contract.ts';
import { CasePanel } from './case-panel.tsx';
import { LatestChecks } from './latest-checks.tsx';
import { StaffPanel } from './staff-panel.tsx';
import { TerminalState } from './terminal-state.tsx';

export interface SideProps {
  readonly view: View;
  readonly onLogin: (login: Login) => void;
  readonly onLogOut: () => void;
}

/** Beside the answer: who works here, what the verdicts rest on, and the open case or else the latest checks. */
export function Side({ view, onLogin, onLogOut }: SideProps) {
  const { language } = view.settings;
  const shownCase = caseOn(view.screen);
  return (
    <aside class="side">
      {view.desk && view.screen.name !== 'maintenance' && (
        <StaffPanel desk={view.desk} language={language} onLogin={onLogin} onLogOut={onLogOut} />
      )}
      <TerminalState view={view} />
      {shownCase ? (
        <CasePanel shownCase={shownCase} language={language} />
      ) : (
        <LatestChecks history={view.history} language={language} />
      )}
    </aside>
  );
}

function caseOn(screen: Screen): ShownCase | undefined {
  return 'case' in screen ? screen.case : undefined;
}
