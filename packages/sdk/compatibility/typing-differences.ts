/**
 * Where our typings part from the published ones, and why. The type test beside this fails when a difference is missing here, or
 * is none any more; `docs/compatibility.md` prints the lists.
 */

const BOTH = {
  methods: {
    on: 'The handler is typed by the event instead of `Function`',
    off: 'The handler is typed by the event instead of `Function`',
    createImageMessage: '`onProgress` is `(fraction: number) => void` instead of `Function`',
    createAudioMessage: '`onProgress` is `(fraction: number) => void` instead of `Function`',
    createVideoMessage: '`onProgress` is `(fraction: number) => void` instead of `Function`',
    createFileMessage: '`onProgress` is `(fraction: number) => void` instead of `Function`',
    handleGroupApplication: "`handleAction` is `'Agree' | 'Reject'` instead of any string",
    getMessageExtensions: '`keyList` is `string[]` instead of `String[]`, the object type',
    deleteMessageExtensions: '`keyList` is `string[]` instead of `String[]`, the object type',
    logout: 'Resolves with `{ code, data }` like every method, at run time there too, instead of `void`',
    destroy: 'Resolves with `{ code, data }` like every method, instead of `void`',
  },
  fields: {
    'Group.createTime': 'A number of seconds, as at run time, instead of a string',
    'Profile.lastUpdatedNumber': 'The field is `lastUpdatedTime` at run time and in the published guides',
  },
  constants: {
    'TYPES.CONV_MARK_TYPE_FOLD': '4, as at run time, instead of 3: the marks are bit flags',
    'TYPES.CONV_MARK_TYPE_HIDE': '8, as at run time, instead of 4: the marks are bit flags',
  },
} as const;

/** Of `tim-js-sdk@2.27.6`. */
export const TIM_DIFFERENCES = {
  methods: {
    ...BOTH.methods,
    downloadMergeMessage: 'A misspelling: the method is `downloadMergerMessage` at run time',
  },
  fields: BOTH.fields,
  constants: BOTH.constants,
  options: {},
} as const;

/** Of `@tencentcloud/chat@3.6.6`. */
export const CHAT_DIFFERENCES = {
  methods: {
    ...BOTH.methods,
    addSignalingListener: 'The handler is typed by the event instead of `Function`',
    removeSignalingListener: 'The handler is typed by the event instead of `Function`',
    inviteSync: 'The callbacks are typed by what they are given instead of `Function`',
    inviteInGroupSync: 'The callbacks are typed by what they are given instead of `Function`',
    downloadMergerMessage: 'Takes the merged message, as at run time, instead of the options of a new one',
    getGroupMemberList: "`role` is `'Owner' | 'Admin' | 'Member' | 'Custom'` instead of any string",
    searchCloudGroups: '`groupTypeList` holds the types of groups instead of any strings',
    searchCloudMessages: '`messageTypeList` holds the types of messages instead of any strings',
  },
  fields: BOTH.fields,
  constants: BOTH.constants,
  options: {
    'create.proxyServer': '`string` instead of `String`, the object type',
    'create.fileUploadProxy': '`string` instead of `String`, the object type',
    'create.fileDownloadProxy': '`string` instead of `String`, the object type',
    'create.scene': '`string` instead of `String`, the object type',
  },
} as const;
