/** A device's own storage for texts, by name. Rejects where it is denied or full. */
export interface Cabinet {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}
