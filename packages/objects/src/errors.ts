/** One row per failure a caller can see. The codes are those of the COS XML API where it has one. */
export const ERRORS = {
  accessDenied: { code: 'AccessDenied', status: 403, text: 'Access Denied.' },
  // The SDKs compare this very sentence before they correct their clock.
  requestExpired: { code: 'AccessDenied', status: 403, text: 'Request has expired' },
  clockSkewed: {
    code: 'RequestTimeTooSkewed',
    status: 403,
    text: 'The difference between the time of the request and the time of the server is too large.',
  },
  signatureMismatch: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    text: 'The signature calculated here does not match the one that was sent.',
  },
  malformedSignature: {
    code: 'InvalidArgument',
    status: 400,
    text: 'The authorization is not a well-formed q-sign-algorithm=sha1 signature.',
  },
  unknownSecretID: {
    code: 'InvalidAccessKeyId',
    status: 403,
    text: 'The access key id does not belong to the security token.',
  },
  invalidToken: { code: 'InvalidToken', status: 403, text: 'The security token is not one of this service.' },
  unsignedParameter: {
    code: 'AccessDenied',
    status: 403,
    text: 'A parameter that the request acts upon is not part of its signature.',
  },

  noSuchKey: { code: 'NoSuchKey', status: 404, text: 'The specified key does not exist.' },
  noSuchUpload: { code: 'NoSuchUpload', status: 404, text: 'The specified multipart upload does not exist.' },
  alreadyExists: {
    code: 'FileAlreadyExists',
    status: 409,
    text: 'The key holds other content: an object never changes.',
  },
  methodNotAllowed: { code: 'MethodNotAllowed', status: 405, text: 'The method is not allowed here.' },
  notImplemented: {
    code: 'NotImplemented',
    status: 501,
    text: 'This service does not offer that operation.',
  },

  invalidURI: { code: 'InvalidURI', status: 400, text: 'The request target could not be read.' },
  invalidKey: {
    code: 'InvalidObjectName',
    status: 400,
    text: 'The key has an empty or dotted segment, a control character or broken text.',
  },
  keyTooLong: { code: 'KeyTooLong', status: 400, text: 'The key is too long.' },
  invalidArgument: { code: 'InvalidArgument', status: 400, text: 'An argument is not valid.' },
  malformedXML: { code: 'MalformedXML', status: 400, text: 'The XML body is not what this operation takes.' },
  malformedForm: {
    code: 'MalformedPOSTRequest',
    status: 400,
    text: 'The body is not a well-formed upload form with its fields before the file.',
  },
  invalidPart: {
    code: 'InvalidPart',
    status: 400,
    text: 'A part is missing, doubled, or not the one that was uploaded.',
  },
  invalidPartOrder: { code: 'InvalidPartOrder', status: 400, text: 'The parts are not in ascending order.' },
  invalidDigest: { code: 'InvalidDigest', status: 400, text: 'The Content-MD5 is not a base64 MD5.' },
  badDigest: { code: 'BadDigest', status: 400, text: 'The Content-MD5 does not match the received bytes.' },
  incompleteBody: {
    code: 'IncompleteBody',
    status: 400,
    text: 'Fewer bytes arrived than Content-Length announced.',
  },
  entityTooLarge: {
    code: 'EntityTooLarge',
    status: 400,
    text: 'The upload is larger than its credential or this service allows.',
  },
  metadataTooLarge: { code: 'MetadataTooLarge', status: 400, text: 'The metadata headers are too large.' },
  contentTypeRefused: {
    code: 'ContentTypeNotAllowed',
    status: 400,
    text: 'The bytes are not of a type that the credential allows.',
  },
  requestTimeout: { code: 'RequestTimeout', status: 400, text: 'The body did not arrive in time.' },
  invalidRange: { code: 'InvalidRange', status: 416, text: 'The requested range cannot be satisfied.' },
  preconditionFailed: { code: 'PreconditionFailed', status: 412, text: 'A precondition does not hold.' },

  notAnImage: {
    code: 'InvalidImageFormat',
    status: 400,
    text: 'The object is not an image that can be read.',
  },
  imageTooLarge: {
    code: 'ImageTooLarge',
    status: 400,
    text: 'The image has more pixels than this service opens.',
  },
  imageFailed: { code: 'ImageProcessFailed', status: 400, text: 'The image could not be processed.' },
  notAVideo: { code: 'InvalidVideoFormat', status: 400, text: 'The object is not a video that can be read.' },
  videoFailed: { code: 'VideoProcessFailed', status: 400, text: 'No picture could be taken from the video.' },

  quotaExceeded: {
    code: 'UserQuotaExceeded',
    status: 403,
    text: 'The storage of this user is full.',
  },
  tooManyUploads: {
    code: 'TooManyUploads',
    status: 403,
    text: 'This user has too many unfinished multipart uploads.',
  },
  slowDown: { code: 'SlowDown', status: 503, text: 'Too many transfers at once: try again shortly.' },
  insufficientStorage: {
    code: 'InsufficientStorage',
    status: 507,
    text: 'The storage of this service is full.',
  },
  internal: { code: 'InternalError', status: 500, text: 'An internal error occurred.' },
} as const satisfies Record<string, { code: string; status: number; text: string }>;

export type ErrorName = keyof typeof ERRORS;

/** A refusal that the caller is told, with its code; anything else thrown is a fault of ours. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError';
  readonly reason: ErrorName;
  readonly code: string;
  readonly status: number;

  constructor(reason: ErrorName, options?: ErrorOptions) {
    super(ERRORS[reason].text, options);
    this.reason = reason;
    this.code = ERRORS[reason].code;
    this.status = ERRORS[reason].status;
  }
}
