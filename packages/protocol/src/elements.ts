import * as v from 'valibot';
import { count, text } from './ids.ts';
import { LIMITS } from './limits.ts';

const url = text(2048);
const uuid = text(256);
const size = count;

/** Each variant is `{ type, payload }` with the published type value and payload; the wire and the app see the same shape. */
const textElement = v.object({
  type: v.literal('TIMTextElem'),
  payload: v.object({ text: v.pipe(text(LIMITS.messageBytes), v.minLength(1)) }),
});

const customElement = v.object({
  type: v.literal('TIMCustomElem'),
  payload: v.object({
    data: text(LIMITS.messageBytes),
    description: text(LIMITS.messageBytes),
    extension: text(LIMITS.messageBytes),
  }),
});

const faceElement = v.object({
  type: v.literal('TIMFaceElem'),
  payload: v.object({ index: v.pipe(v.number(), v.safeInteger()), data: text(LIMITS.messageBytes) }),
});

const locationElement = v.object({
  type: v.literal('TIMLocationElem'),
  payload: v.object({
    description: text(LIMITS.messageBytes),
    latitude: v.pipe(v.number(), v.finite()),
    longitude: v.pipe(v.number(), v.finite()),
  }),
});

const imageElement = v.object({
  type: v.literal('TIMImageElem'),
  payload: v.object({
    uuid,
    imageFormat: count,
    imageInfoArray: v.pipe(
      v.array(v.object({ width: count, height: count, url, size, type: count, sizeType: v.optional(count) })),
      v.maxLength(3),
    ),
  }),
});

const soundElement = v.object({
  type: v.literal('TIMSoundElem'),
  payload: v.object({ uuid, url, size, second: v.pipe(v.number(), v.minValue(0)) }),
});

const videoElement = v.object({
  type: v.literal('TIMVideoFileElem'),
  payload: v.object({
    videoUUID: uuid,
    videoUrl: url,
    videoFormat: text(16),
    videoSecond: v.pipe(v.number(), v.minValue(0)),
    videoSize: size,
    snapshotUrl: url,
    snapshotWidth: count,
    snapshotHeight: count,
    thumbUUID: v.optional(uuid),
    thumbUrl: v.optional(url),
    thumbFormat: v.optional(text(16)),
    thumbSize: v.optional(size),
    thumbWidth: v.optional(count),
    thumbHeight: v.optional(count),
  }),
});

const fileElement = v.object({
  type: v.literal('TIMFileElem'),
  payload: v.object({ uuid, fileName: text(1024), fileUrl: url, fileSize: size }),
});

/** Inside a merger only what a reader needs; elements of the merged messages are opaque here. */
export const simplifiedMessage = v.object({
  ID: text(128),
  from: text(LIMITS.userIDBytes),
  nick: text(LIMITS.nickBytes),
  avatar: text(LIMITS.avatarBytes),
  time: count,
  cloudCustomData: v.optional(text(LIMITS.cloudCustomDataBytes)),
  messageBody: v.pipe(
    v.array(v.object({ type: text(64), payload: v.record(v.string(), v.unknown()) })),
    v.maxLength(LIMITS.elements),
  ),
});

const mergerElement = v.object({
  type: v.literal('TIMRelayElem'),
  payload: v.object({
    downloadKey: text(256),
    messageList: v.pipe(v.array(simplifiedMessage), v.maxLength(LIMITS.mergedMessages)),
    title: text(LIMITS.messageBytes),
    abstractList: v.pipe(v.array(text(400)), v.maxLength(5)),
    compatibleText: text(LIMITS.messageBytes),
    layersOverLimit: v.boolean(),
  }),
});

/** What a client may send. */
export const messageElement = v.variant('type', [
  textElement,
  customElement,
  faceElement,
  locationElement,
  imageElement,
  soundElement,
  videoElement,
  fileElement,
  mergerElement,
]);

/** Who and what a group tip is about: `sdk-api` 4.3. Only the server makes one. */
export const groupTipElement = v.object({
  type: v.literal('TIMGroupTipElem'),
  payload: v.looseObject({
    operatorID: v.string(),
    operationType: count,
    userIDList: v.array(v.string()),
  }),
});

/** A notice in the user's `@TIM#SYSTEM` conversation. Only the server makes one. */
export const systemNoticeElement = v.object({
  type: v.literal('TIMGroupSystemNoticeElem'),
  payload: v.looseObject({
    operatorID: v.string(),
    operationType: count,
    groupProfile: v.looseObject({ groupID: v.string(), groupName: v.string() }),
  }),
});

/** Whatever a stored message may hold. */
export const storedElement = v.variant('type', [
  ...messageElement.options,
  groupTipElement,
  systemNoticeElement,
]);

/** An element that a client may send. */
export type MessageElement = v.InferOutput<typeof messageElement>;
/** An element of a stored message. */
export type StoredElement = v.InferOutput<typeof storedElement>;
/** A message as a merged one has it. */
export type SimplifiedMessage = v.InferOutput<typeof simplifiedMessage>;
