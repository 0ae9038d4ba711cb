/** What NATS lets stand in one token of a subject and we need not escape. */
const PLAIN = /^[\w-]*$/;
const SPECIAL = /[^\w-]/gu;

/**
 * A subject of ours as one token of NATS: dots, spaces and wildcards in ids must not mean anything to it.
 * Every other byte of UTF-8 is `=` and two hexadecimal digits, so different subjects stay different.
 */
export function natsSubject(prefix: string, subject: string): string {
  return `${prefix}.${PLAIN.test(subject) ? subject : subject.replaceAll(SPECIAL, escaped)}`;
}

function escaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('');
}
