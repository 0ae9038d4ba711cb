/**
 * Where our typings part from those of `tim-js-sdk@2.27.6`, and why. The type test beside this fails when a
 * difference is missing here, or is none any more; `docs/compatibility.md` prints the list.
 */
export const TYPING_DIFFERENCES = {
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
    downloadMergeMessage: 'A misspelling: the method is `downloadMergerMessage` at run time',
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
