/** The error of every rejected promise: `code` is the published number, `message` says what to do. */
export class ImError extends Error {
  // Declared, not defined: a field of the language would bring its helper into every bundle.
  declare readonly code: number;
  declare readonly data?: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'ImError';
    this.code = code;
    if (data !== undefined) this.data = data;
  }
}

/** What the SDK finds out by itself; what the server refuses arrives with the server's code and sentence. */
export const SDK_ERRORS = {
  noSDKAppID: [2000, 'SDKAppID is missing'],
  noUserID: [2002, 'userID is missing'],
  noUserSig: [2003, 'userSig is missing'],
  notLoggedIn: [2024, 'Not logged in'],
  loginPending: [2025, 'A login is under way'],
  noUploader: [2040, 'No upload plugin is registered'],
  messageStateInvalid: [2103, 'A message in this state cannot be sent'],
  notAMessage: [2105, 'Not a message: make one with a create…Message method'],
  conversationTypeInvalid: [2106, 'conversationType must be C2C or GROUP'],
  fileEmpty: [2108, 'The file is empty'],
  noImage: [2251, 'No image is chosen'],
  imageTypeInvalid: [2252, 'The image must be jpg, jpeg, gif, png, bmp or webp'],
  imageTooLarge: [2253, 'The image is larger than 20 MB'],
  audioTooLarge: [2301, 'The audio is larger than 20 MB'],
  videoTooLarge: [2351, 'The video is larger than 100 MB'],
  videoTypeInvalid: [2352, 'The video must be mp4 or mov'],
  noFile: [2401, 'No file is chosen'],
  fileTooLarge: [2402, 'The file is larger than 100 MB'],
  cannotMerge: [2453, 'Only messages that were sent can be merged or forwarded, no tips and no notices'],
  conversationNotFound: [2500, 'No such conversation'],
  network: [2800, 'The server cannot be reached'],
  timeout: [2801, 'The server did not answer in time'],
  parameterInvalid: [10004, 'A parameter is missing or not valid'],
  notSupported: [2998, 'Not supported'],
  notReady: [2999, 'The SDK is not ready: log in and wait for SDK_READY'],
} as const satisfies Record<string, readonly [code: number, text: string]>;

export type SdkErrorName = keyof typeof SDK_ERRORS;

/** Makes the error of a row of {@link SDK_ERRORS}; `detail` follows the sentence. */
export function sdkError(name: SdkErrorName, detail?: string): ImError {
  const [code, text] = SDK_ERRORS[name];
  return new ImError(code, detail === undefined ? text : `${text}: ${detail}`);
}
