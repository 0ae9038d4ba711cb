/** What a file is in a message: it decides how large it may be, of which types, and what is made of it. */
export type FileKind = 'image' | 'audio' | 'video' | 'file';

/** The right to write one key, for a while: in the forms that the upload SDKs want. */
export interface UploadGrant {
  bucket: string;
  region: string;
  /** Scheme, host and port of the object service. */
  url: string;
  /** What a COS SDK signs with; times are seconds. */
  credential: {
    TmpSecretId: string;
    TmpSecretKey: string;
    SecurityToken: string;
    StartTime: number;
    ExpiredTime: number;
  };
  /** Takes the raw bytes with a single PUT. */
  putURL: string;
  /** What stands in `putURL`, for the field `upload` of a form. */
  token: string;
}

/** A file that is there, whole and durable. */
export interface StoredFile {
  app: number;
  userID: string;
  size: number;
}

/** A picture that is the file itself, or is made of it: `query` is to be added to the file's link. */
export interface Picture {
  width: number;
  height: number;
  size: number;
  query: string;
}

/** Who may read files, where a link alone opens none. */
export interface FileReaders {
  mayRead(app: number, userID: string, key: string): Promise<boolean>;
  /** The same text with every link to a file as this user may open it. */
  linksFor(app: number, userID: string, text: string): string;
}

/** Pictures of users and groups: a place, which is the name of either, shows one file. */
export interface Avatars {
  /** A URL that stays good as long as the file is shown. */
  link(key: string): string;
  /** The key of a URL that `link` made, whatever address the service had then. */
  keyOfLink(url: string): string | undefined;
  /** The same JSON with every avatar that `link` made, under whatever address, where the service is now. */
  withPresentLinks(json: string): string;
  /** Whether any place of the app shows the file: whoever is logged in may read it then. */
  isShown(app: number, key: string): Promise<boolean>;
  /**
   * Runs a change of what the place shows, after the one before it. The file, if it is one, is kept from now on, and what the place
   * showed before is kept no more; where the change is refused, all stays as it was.
   */
  showing<Reply>(place: string, key: string | undefined, change: () => Promise<Reply>): Promise<Reply>;
}

/** The files of messages. A server without an object service has none. */
export interface Objects {
  newKey(app: number, userID: string, fileName: string): string;
  /** Whether `newKey` made this key for the user. */
  isKeyOf(app: number, userID: string, key: string): boolean;
  mostBytes(kind: FileKind): number;
  grant(upload: { app: number; userID: string; key: string; kind: FileKind; size: number }): UploadGrant;
  stat(key: string): Promise<StoredFile | undefined>;
  /** The image itself, its thumbnail and its large rendition; undefined where the bytes are no image that can be read. */
  images(key: string): Promise<{ format: number; pictures: readonly Picture[] } | undefined>;
  /** A picture of the video's beginning; undefined where none can be taken. */
  snapshot(key: string): Promise<Picture | undefined>;
  /** A URL that opens the file for whoever has it, until it runs out. */
  link(key: string): string;
  /** The key of such a link, even of one that has run out; undefined for any other URL. */
  keyOfLink(url: string): string | undefined;
  /** The same link anew, for whoever reads it now; any other text stays as it is. */
  renew(url: string): string;
  /** A message of this log names these from now on: they are not collected as unsent. Says how many of them are there. */
  keep(keys: readonly string[], log: string): Promise<number>;
  avatars: Avatars;
  /** Present where a link is not enough: then a download is for whoever brought the file, or is in a conversation that names it. */
  readers?: FileReaders;
}
