import { CODE } from './transport/codes.ts';

/**
 * What the SDK finds out by itself: the published code, and a sentence. What the server refuses arrives with the server's.
 * Each is a constant of its own, so that a build has only those that it throws.
 */

/** A row of this table. */
export type SdkError = readonly [code: number, text: string];

export const noSDKAppID = [2000, 'SDKAppID is missing, or no number'] as const;
export const noUserID = [2002, 'userID is missing'] as const;
export const noUserSig = [2003, 'userSig is missing'] as const;
export const notLoggedIn = [2024, 'Not logged in'] as const;
export const loginPending = [2025, 'A login is under way'] as const;
export const noUploader = [2040, 'No upload plugin'] as const;
export const messageStateInvalid = [2103, 'Sent, or on its way'] as const;
export const notAMessage = [2105, 'Not a message of the SDK'] as const;
export const conversationTypeInvalid = [2106, 'conversationType is not C2C or GROUP'] as const;
export const fileEmpty = [2108, 'The file is empty'] as const;
export const callbackFailed = [2109, 'A handler threw'] as const;
export const noImage = [2251, 'No image is chosen'] as const;
export const imageTypeInvalid = [2252, 'Only jpg, gif, png, bmp, webp'] as const;
export const imageTooLarge = [2253, 'Larger than 20 MB'] as const;
export const audioTooLarge = [2301, 'Larger than 20 MB'] as const;
export const videoTooLarge = [2351, 'Larger than 100 MB'] as const;
export const videoTypeInvalid = [2352, 'Only mp4, mov'] as const;
export const noFile = [2401, 'No file is chosen'] as const;
export const fileTooLarge = [2402, 'Larger than 100 MB'] as const;
export const forbidden = [80001, 'The text has forbidden words'] as const;
export const notMerged = [2450, 'Not a merged message'] as const;
export const cannotMerge = [2453, 'Only sent messages can be merged'] as const;
export const conversationNotFound = [2500, 'No such conversation'] as const;
export const network = [2800, 'The server cannot be reached'] as const;
export const timeout = [2801, 'The server did not answer'] as const;
export const uploadAborted = [2802, 'The upload was ended'] as const;
export const tooFrequent = [CODE.tooFrequent, 'Too many requests'] as const;
export const notSupported = [2998, 'Not supported'] as const;
export const notReady = [2999, 'The SDK is not ready'] as const;
export const parameterInvalid = [10004, 'A parameter is not valid'] as const;
export const tooLong = [CODE.tooLong, 'Too long'] as const;
