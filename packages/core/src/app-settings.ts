import type { LoginPolicy } from './sessions/kick-policy.ts';

/** What an app may tune. The defaults are the published service's. */
export interface AppSettings {
  loginPolicy: LoginPolicy;
  /** Custom profile fields that exist: `Tag_Profile_Custom_…`. */
  profileCustomFields: readonly string[];
  recallWindowMs: number;
  /** What a blocked user sends looks to them as if it had been sent, rather than refused. */
  hidesBlocks?: boolean;
  /** One-to-one, only friends may write to each other. */
  friendsOnly?: boolean;
  /** Custom fields of friends that exist: `Tag_SNS_Custom_…`. */
  friendCustomFields?: readonly string[];
}
