/** Translation and speech, done elsewhere. Rejects when it could not be done. */
export interface Language {
  /** Answers as many texts as it was given, in the same order. */
  translate?(texts: readonly string[], from: string, to: string): Promise<readonly string[]>;
  /** What is said in the recording at the URL; without a language, it is recognised. */
  transcribe?(url: string, language: string | undefined): Promise<string>;
}
