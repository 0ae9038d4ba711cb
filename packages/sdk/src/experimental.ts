import type { ChatSDK } from './types/sdk.ts';

function answer(key: string): unknown {
  if (key === 'canIUseModule') return true;
  return Promise.resolve({
    code: 0,
    data: key === 'isCommercialAbilityEnabled' ? { enabled: true } : {},
  });
}

/**
 * The switchboard that published UI kits ask before they start. Nothing is paid here, so every ability is on;
 * `canIUseModule` is asked synchronously, all else by promise. Unknown keys are accepted and do nothing.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an overloaded signature has no literal
export const callExperimentalAPI = answer as ChatSDK['callExperimentalAPI'];
