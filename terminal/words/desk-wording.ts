import type { CommandRefusal, LookUpNumber, RevealReason } from '../contract.ts';

/** What the counter's page says about the work of staff: logging in, cases, look-ups, what is shown whole. */
export interface DeskWording {
  readonly login: {
    readonly title: string;
    readonly open: string;
    readonly roles: Record<'staff' | 'maintenance', string>;
    readonly id: string;
    readonly pin: string;
    /** The city's permission for maintenance. */
    readonly grant: string;
    readonly grantHint: string;
    readonly submit: string;
    readonly badgeHint: string;
    /** What can't be done without. */
    readonly nobody: string;
    readonly logOut: string;
  };
  readonly cancel: string;
  readonly openCase: { readonly title: string; readonly hint: string };
  readonly case: {
    readonly title: string;
    readonly titleWithoutMatter: string;
    readonly licences: (count: number) => string;
    readonly noLicence: string;
    readonly complete: string;
    /** Read out with each line of the checklist. */
    readonly have: string;
    readonly missing: string;
    readonly end: string;
    readonly clearsIn: (seconds: number) => string;
  };
  readonly addAnother: string;
  readonly handOn: {
    readonly title: string;
    readonly caseNo: string;
    readonly optional: string;
  };
  readonly lookUp: {
    readonly title: string;
    readonly numbers: Record<LookUpNumber, string>;
    readonly consent: string;
    readonly consentHint: string;
    readonly submit: string;
  };
  readonly choosing: {
    readonly matter: string;
    readonly licence: string;
    readonly hint: string;
    /** On the button that takes all of them into the case. */
    readonly all: string;
  };
  readonly reveal: {
    /** On the button beside a masked field. */
    readonly button: string;
    readonly question: (field: string) => string;
    readonly recorded: string;
    readonly reasons: Record<RevealReason, string>;
  };
  readonly switchService: string;
  readonly handedOnTodo: string;
  readonly noReceiver: { readonly sentence: string; readonly todo: string };
  readonly asked: { readonly sentence: string; readonly todo: string };
  readonly clearing: string;
  readonly maintenance: {
    readonly by: (staff: string) => string;
    readonly todo: string;
    readonly end: string;
  };
  /** Why a command was not done, to a clerk. */
  readonly refusals: Record<CommandRefusal, string>;
  readonly lockedOutFor: (minutes: number) => string;
}
