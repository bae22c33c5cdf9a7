import { deskEn } from './en-desk.ts';
import { sessionEn } from './en-session.ts';
import { staffEn } from './en-staff.ts';
import type { Wording } from './wording.ts';

const STAFFED_COUNTER = 'Please go to a staffed counter';

/** English. */
export const en: Wording = {
  htmlLang: 'en',
  product: 'Liangzheng',
  outcomes: {
    accepted: { headline: 'Verified', aside: '', short: 'Verified' },
    rejected: { headline: 'Not verified', aside: '', short: 'Not verified' },
    undetermined: {
      headline: "Can't check right now",
      aside: " (this doesn't mean it is invalid)",
      short: 'Not checked',
    },
  },
  reasons: {
    accepted: {
      title: 'The licence is valid',
      sentence: 'Your e-licence is genuine and in force.',
      todo: 'Please carry on as directed, and keep your phone safe.',
    },
    'not-a-licence-code': {
      title: 'Code not recognised',
      sentence: 'This is not an e-licence code. It may be a payment code or another kind of code.',
      todo: 'Open your e-licence on the phone and show its code. If that fails, please go to a staffed counter.',
    },
    malformed: {
      title: 'The code is incomplete',
      sentence: 'The code was not read in full, or it is damaged.',
      todo: 'Wipe the screen, refresh the code and try again. If that fails, please go to a staffed counter.',
    },
    unsupported: {
      title: 'This code is not supported yet',
      sentence: "This machine can't read this version of licence code.",
      todo: 'Update the licence app on your phone and try again, or go to a staffed counter.',
    },
    'unknown-issuer': {
      title: 'Issuer not on the recognised list',
      sentence: "The office that issued this licence is not on this machine's list.",
      todo: 'Make sure the licence comes from an official app, and please go to a staffed counter.',
    },
    'key-not-admitted': {
      title: 'Issuing key not recognised',
      sentence: 'The key this licence was issued with is not recognised, or no longer is.',
      todo: 'Download the licence again on your phone and retry, or go to a staffed counter.',
    },
    'bad-signature': {
      title: "The signature doesn't match",
      sentence: "The licence doesn't match the issuer's electronic signature, so it can't be relied on.",
      todo: 'Open the licence again in the official app and retry, or go to a staffed counter.',
    },
    'not-yet-valid': {
      title: 'Not valid yet',
      sentence: 'The first day of this licence has not come yet.',
      todo: 'Please come back on or after that day. If in doubt, please go to a staffed counter.',
    },
    expired: {
      title: 'Expired',
      sentence: 'This licence is past its last day.',
      todo: 'Please ask the issuing office for a new one. If you need it today, please go to a staffed counter.',
    },
    revoked: {
      title: 'Cancelled',
      sentence: 'The issuing office has cancelled this licence. It can no longer be used.',
      todo: 'If you have a new licence, show that one. If in doubt, please go to a staffed counter.',
    },
    suspended: {
      title: 'Suspended',
      sentence: 'The issuing office has suspended the use of this licence.',
      todo: 'Please ask the issuing office why and how to restore it, or go to a staffed counter.',
    },
    'code-expired': {
      title: 'The code has expired: refresh and try again',
      sentence: "To keep you safe a code lasts only a short time. Screenshots aren't accepted.",
      todo: 'Refresh the code on your phone and show it again. If that fails, please go to a staffed counter.',
    },
    'code-replayed': {
      title: "Screenshots aren't accepted",
      sentence: 'This code has been used once already. It may be a screenshot or an old page.',
      todo: 'Open the licence on your phone, refresh the code and show it. If that fails, please go to a staffed counter.',
    },
    'holder-proof-missing': {
      title: 'The holder must be present',
      sentence:
        'Here the holder has to show the licence on their own phone. This code carries no confirmation.',
      todo: "Confirm on the holder's phone, then show the code. If that is hard, please go to a staffed counter.",
    },
    'holder-proof-invalid': {
      title: 'Confirmation failed: the holder must be present',
      sentence: "The holder's confirmation in the code doesn't match this licence.",
      todo: 'The holder should reopen the licence on their own phone, or go to a staffed counter.',
    },
    'delegation-invalid': {
      title: 'Authorisation not valid',
      sentence: "The authorisation to show this licence for someone else can't be confirmed.",
      todo: 'Ask the holder to authorise you again, or go to a staffed counter.',
    },
    'delegation-expired': {
      title: 'Authorisation expired',
      sentence: 'The authorisation to show this licence for someone else has ended.',
      todo: 'Ask the holder to authorise you again, or go to a staffed counter.',
    },
    'delegation-out-of-scope': {
      title: 'Authorisation out of scope',
      sentence: "The holder's authorisation doesn't cover what is done here.",
      todo: 'Ask the holder to authorise you for this service, or go to a staffed counter.',
    },
    'wrong-kind': {
      title: 'Not the licence this service needs',
      sentence: 'This is an e-licence, but not the kind that is used here.',
      todo: 'Please show the right licence. If you are unsure which, please go to a staffed counter.',
    },
    'refused-by-service': {
      title: "This service's conditions aren't met",
      sentence: "The licence itself was checked, but it doesn't meet the rules of this service.",
      todo: 'Please go to a staffed counter. The staff will explain.',
    },
    'clock-untrusted': {
      title: 'Clock wrong, please call staff',
      sentence: "This machine's clock is off, so it can't tell whether the licence is in date.",
      todo: 'Please call staff, or go to a staffed counter.',
    },
    'trust-expired': {
      title: "This machine's list of issuers is out of date",
      sentence: 'Its list of recognised issuers has to be renewed before it can check again.',
      todo: 'Please try again later, or go to a staffed counter.',
    },
    'status-unavailable': {
      title: "The licence's current status is not known",
      sentence: 'This machine has not received the status of this licence yet.',
      todo: 'Please try again later, or go to a staffed counter.',
    },
    'status-stale': {
      title: 'The status information is too old',
      sentence: "This machine's status information has not been renewed for too long to rely on.",
      todo: 'Please try again later, or go to a staffed counter.',
    },
    'needs-network': {
      title: 'Network down, try later',
      sentence: 'This licence has to be checked online and this machine has no network now.',
      todo: 'Please try again later, or go to a staffed counter.',
    },
    'city-unavailable': {
      title: "The licence system doesn't answer",
      sentence: "The city's licence system isn't answering. It is nothing you did.",
      todo: 'Please try again later, or go to a staffed counter.',
    },
    'city-error': {
      title: 'The licence system has a fault',
      sentence: "The city's licence system answered with an error. It is nothing you did.",
      todo: 'Please try again later, or go to a staffed counter.',
    },
  },
  settings: {
    language: 'Language',
    languageNames: { zh: '中文', en: 'English' },
    largeText: 'Large text',
  },
  starting: {
    headline: 'Starting, please wait',
    sentence: 'The machine is checking itself. This usually takes less than a minute.',
    todo: 'In a hurry? Please go to a staffed counter.',
  },
  outOfService: {
    'not-enrolled': {
      headline: 'Out of service',
      sentence: "This machine has not been registered yet, so it can't check licences.",
      todo: STAFFED_COUNTER,
    },
    'unknown-service': {
      headline: 'Out of service',
      sentence: "This machine's service is not set up correctly, so it can't check licences.",
      todo: STAFFED_COUNTER,
    },
    'no-scanner': {
      headline: 'Out of service',
      sentence: "The scanner is not connected, so codes can't be read.",
      todo: STAFFED_COUNTER,
    },
    'store-failed': {
      headline: 'Out of service',
      sentence: "This machine can't save its records. Every check must be on record, so it has stopped.",
      todo: STAFFED_COUNTER,
    },
    'store-full': {
      headline: 'Out of service',
      sentence: "This machine's storage is full. Every check must be on record, so it has stopped.",
      todo: STAFFED_COUNTER,
    },
  },
  notAnswering: {
    headline: 'Terminal not answering',
    sentence: 'This screen has lost its terminal and is trying to reconnect.',
    todo: STAFFED_COUNTER,
  },
  inviting: {
    headline: ['Show your ', 'e-licence code'],
    hold: 'Hold the code about 10 cm from the scanner',
    distance: 'about 10 cm',
    brightness: 'Turn up the screen brightness',
    noScreenshots: "Screenshots aren't accepted",
    help: 'Need help? Please go to a staffed counter',
    drawing: 'A phone showing a code, held about 10 cm from the scanner',
  },
  verifying: { headline: 'Checking, please wait', sentence: "Please stay here. It won't take long." },
  verdict: {
    todoLabel: 'What to do now',
    fieldsLabel: 'Licence',
    delegate: 'Shown by the delegate',
    masked: 'Parts are hidden to protect your privacy',
    clearsIn: (seconds) => `Cleared in ${seconds} s`,
    more: (fields) => `More (${fields})`,
    backToFirst: 'Back to the top',
    done: 'Done',
  },
  session: sessionEn,
  cityNotConnected: "Not connected to the city licence system: some licences can't be checked now",
  codeTooLong: 'Code not recognised: too long',
  commandLost: "The terminal didn't get that. Please try again",
  counter: {
    title: 'Counter',
    ready: 'Scan an e-licence code',
    readyHint: 'Ask for the licence code on the phone, about 10 cm from the scanner.',
    history: 'Latest checks',
    historyEmpty: 'No checks yet',
    reasonCode: 'Reason code',
    scanner: 'Scanner',
    scannerStates: { ready: 'Ready', searching: 'Searching', fault: 'Fault' },
    scannerAdvice: {
      searching: 'Check the scanner connection: plug its cable in again.',
      fault: 'No scanner can be used. Ask the maintainer to check the settings.',
    },
    city: 'City licence system',
    connected: 'Connected',
    disconnected: 'Not connected',
    statusList: 'Status list',
    noStatusList: 'None yet',
    age: ageInEnglish,
    clear: 'Clear',
  },
  staff: staffEn,
  desk: deskEn,
};

function ageInEnglish(minutes: number): string {
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}
