import type { SessionWording } from './session-wording.ts';

const STAFFED_COUNTER = 'Please go to a staffed counter';
const NOT_SENT = 'Nothing of your licence was sent; it is cleared when you leave.';
const STAFF_ONLY = 'This is for staff only';

/** English, for the screens from the code to the end. */
export const sessionEn: SessionWording = {
  moreTime: {
    question: 'Do you need more time?',
    button: 'More time',
    lastTime: 'No more time can be added: this screen will be cleared',
  },
  back: 'Back',
  askForStaff: 'Staffed counter',
  closesIn: (seconds) => `This page closes in ${seconds} s`,
  business: {
    choose: 'Choose a service',
    headline: 'What are you here for?',
    sentence: 'The result of the check goes to the system that handles what you choose.',
  },
  handedOn: {
    headline: 'Sent',
    receiver: 'Received by',
    business: 'Service',
    todo: 'Keep your phone safe and carry on as the receiver tells you.',
  },
  staffedCounter: {
    asked: {
      headline: STAFFED_COUNTER,
      sentence: 'Take your phone and your documents along. The staff will help you.',
      todo: NOT_SENT,
    },
    'no-receiver': {
      headline: STAFFED_COUNTER,
      sentence:
        'Your licence was checked, but the system that goes on with it is not connected. It is nothing you did.',
      todo: NOT_SENT,
    },
  },
  clearing: { headline: 'Cleared', sentence: 'Your details are off the screen. Keep your phone safe.' },
  maintenance: {
    headline: 'Under maintenance',
    sentence: "A maintainer is looking after this machine. It can't check licences now.",
    todo: STAFFED_COUNTER,
  },
  scanning: {
    headline: 'Show the next licence',
    sentence: 'Open the next e-licence and hold its code to the scanner.',
  },
  refusals: {
    'not-offered': 'The screen has changed: please follow what it says now',
    'login-needed': STAFF_ONLY,
    'wrong-credentials': STAFF_ONLY,
    'locked-out': STAFF_ONLY,
    'grant-needed': STAFF_ONLY,
    'grant-refused': STAFF_ONLY,
    unknown: 'This is not on offer: please choose again',
    'no-receiver': 'The system that goes on with it is not connected: please go to a staffed counter',
    'store-failed':
      "This machine can't save its records, so nothing was done: please go to a staffed counter",
  },
};
