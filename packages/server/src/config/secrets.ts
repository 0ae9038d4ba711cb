/** The vendor's own keys are 64 hex digits; half of that is 128 bits, the least that nobody tries through. */
export const MIN_SECRET_LENGTH = 32;

/** Real keys have no fewer: 32 random hex digits show 10 or more different ones but once in 100,000. */
const MIN_DIFFERENT_CHARACTERS = 8;

/** Keys that stand in published documentation and samples: everybody has them. */
const PUBLISHED = new Set([
  '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
  '0123456789abcdef0123456789abcdef',
  '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
]);

const PLACEHOLDER =
  /change.?me|your.?(secret|key|app)|example|placeholder|default|password|insert|replace|secret/i;

/** Why a secret key protects nothing, as the end of a sentence about it; undefined for one that does. The key is not repeated. */
export function weaknessOf(secret: string): string | undefined {
  if (secret === '') return 'is empty';
  if (PLACEHOLDER.test(secret)) return 'is a placeholder';
  if (PUBLISHED.has(secret.toLowerCase())) return 'is published in documentation, so everybody has it';
  if (secret.length < MIN_SECRET_LENGTH) {
    return `has ${secret.length} characters; the least is ${MIN_SECRET_LENGTH}`;
  }
  if (!/^[\x21-\x7e]+$/.test(secret)) return 'has characters other than printable ASCII';
  if (new Set(secret).size < MIN_DIFFERENT_CHARACTERS || isRepetition(secret))
    return 'is too regular to be random';
  return undefined;
}

function isRepetition(text: string): boolean {
  // A text is a repetition of a shorter one exactly when it occurs in its own double other than at the two ends.
  return (text + text).indexOf(text, 1) < text.length;
}
