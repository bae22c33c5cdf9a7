import type { DeskWording } from './desk-wording.ts';

/** English, for the work of staff at the counter. */
export const deskEn: DeskWording = {
  login: {
    title: 'Staff log-in',
    open: 'Log in',
    roles: { staff: 'Staff', maintenance: 'Maintenance' },
    id: 'Staff ID',
    pin: 'PIN',
    grant: "City's maintenance grant",
    grantHint: 'Needed while the terminal is online: the city gives it for this terminal and this person.',
    submit: 'Log in',
    badgeHint: 'Or show your badge to the scanner.',
    nobody: 'Nobody is logged in: codes can be checked, but no cases, look-ups or hand-ons.',
    logOut: 'Log out',
  },
  cancel: 'Cancel',
  openCase: { title: 'Open a case', hint: 'Choose the matter, then scan the licences it needs.' },
  case: {
    title: 'Open case',
    titleWithoutMatter: 'Licences collected',
    licences: (count) => (count === 1 ? '1 licence' : `${count} licences`),
    noLicence: 'No licence yet',
    complete: 'All the licences it needs are here',
    have: 'Have',
    missing: 'Missing',
    end: 'End and clear',
    clearsIn: (seconds) => `Cleared after ${minutesAndSeconds(seconds)} without action`,
  },
  addAnother: 'Scan the next one',
  handOn: {
    title: 'Hand on to the business system',
    caseNo: 'Case number',
    optional: 'optional',
  },
  lookUp: {
    title: 'Look up online',
    numbers: { uscc: 'Social credit code', id: 'ID number' },
    consent: 'Do you agree to this query?',
    consentHint: 'Asked in person; the holder agrees',
    submit: 'Look up',
  },
  choosing: {
    matter: 'Choose the matter',
    licence: 'Choose the licence',
    hint: 'Parts are hidden.',
    all: 'Take all that are verified',
  },
  reveal: {
    button: 'Show',
    question: (field) => `Why should “${field}” be shown whole?`,
    recorded: 'Who, when and why is recorded.',
    reasons: {
      'compare-with-paper': 'Compare with a paper document',
      'fill-in-form': 'Fill in a form',
      'holder-asks': 'The holder asks for it',
      'enforcement-record': 'Enforcement record',
    },
  },
  switchService: 'Switch service',
  handedOnTodo: 'Go on in the business system; nothing of the licence is kept here.',
  noReceiver: {
    sentence: 'No business system is connected to this terminal, so nothing was handed on.',
    todo: "Check that the business system's page is open, go back and hand on again; if that fails, go on by hand.",
  },
  asked: {
    sentence: 'The person asked for help. Nothing of the licence was handed on.',
    todo: 'Please help them. Go back to carry on, or end and clear.',
  },
  clearing: 'The last person has been cleared from this terminal.',
  maintenance: {
    by: (staff) => `Maintainer: ${staff}`,
    todo: 'No codes are checked meanwhile. End maintenance when you are done.',
    end: 'End maintenance',
  },
  refusals: {
    'not-offered': 'The screen has moved on: nothing was done',
    'login-needed': 'Please log in first',
    'wrong-credentials': 'Wrong staff ID, PIN or badge: please try again',
    'locked-out': 'Too many wrong attempts: log-in is paused',
    'grant-needed': "The terminal is online: maintenance needs the city's grant",
    'grant-refused': 'The grant is not valid, has ended, or is not for this terminal and staff ID',
    unknown: 'There is no such thing: please choose again',
    'no-receiver': 'No business system is connected: nothing was handed on',
    'store-failed': "This terminal can't save its records, so nothing was done: tell the maintainer",
  },
  lockedOutFor: (minutes) =>
    `Too many wrong attempts: try again in about ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
};

function minutesAndSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
