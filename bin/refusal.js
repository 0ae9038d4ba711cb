/** A failure that the person at the keyboard can act on: printed as one sentence, without a stack. */
export class Refusal extends Error {}
