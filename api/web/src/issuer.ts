// Signing in at the organisation's own issuer. The service sends the browser
// there and back to #/signed-in/TOKEN or #/sign-in-failed/WHY.

import { get, Problem, setToken } from './http';
import { parse } from './route';
import { t } from './words';

/** Where a window that began to sign in was. Only such a window takes a token
 * from its address: a link that somebody sent signs nobody in. */
const begunKey = 'landcheck.sign-in';

export async function offered(): Promise<boolean> {
  try {
    return (await get<{ oidc: boolean }>('/sign-in/ways')).oidc;
  } catch {
    return false; // tokens will do
  }
}

export function leave(): void {
  sessionStorage.setItem(begunKey, location.hash || '#/');
  location.assign('/sign-in');
}

/** Takes what a sign-in left in the address, and takes it out of there and of
 * the history. Gives why nobody is signed in, "" where that did not fail. */
export function arrive(): string {
  const [, end, said] = /^#\/(signed-in|sign-in-failed)\/(.*)$/.exec(location.hash) || [];
  if (!end) return '';
  const from = sessionStorage.getItem(begunKey);
  sessionStorage.removeItem(begunKey);
  history.replaceState(null, '', from && parse(from).view !== 'nowhere' ? from : '#/');
  if (end === 'signed-in' && from) {
    setToken(said);
    return '';
  }
  return end === 'signed-in' ? 'lost' : said;
}

/** Says why a sign-in came to nothing. */
export function trouble(why: string): Problem {
  const title = t('signInFailed');
  switch (why) {
    case 'denied': return new Problem({ title, detail: t('signInDenied'), advice: t('signInDeniedAdvice') });
    case 'refused': return new Problem({ title, detail: t('signInRefused'), advice: t('signInRefusedAdvice') });
    case 'lost': return new Problem({ title, detail: t('signInLost'), advice: t('signInLostAdvice') });
    case 'invalid': return new Problem({ title, detail: t('signInInvalid'), advice: t('signInInvalidAdvice') });
    case 'claims': return new Problem({ title, detail: t('signInClaims'), advice: t('signInClaimsAdvice') });
    case 'unreachable': return new Problem({ title, detail: t('signInUnreachable'), advice: t('signInLater') });
    case 'busy': return new Problem({ title, detail: t('signInBusy'), advice: t('signInLater') });
    default: return new Problem({ title, detail: t('signInTrouble'), advice: t('signInLater') });
  }
}
