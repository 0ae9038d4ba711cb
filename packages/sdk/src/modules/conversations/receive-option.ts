import type { InboxEvent } from '@sterna/protocol';
import type { AllReceiveMessageOpt } from '../../types/conversation.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { remindTypeOf } from './remind-type.ts';

type ReceiveOption = Extract<InboxEvent, { t: 'receiveOption' }>['option'];

/** When I do not want to be reminded of anything. */
export function receiveOption({ emit, request }: EngineContext): EngineModule {
  return {
    onInbox: {
      receiveOption: ({ option }) => emit('onAllReceiveMessageOptUpdated', optionView(option)),
    },

    methods: {
      setAllReceiveMessageOpt: ({
        messageRemindType,
        startHour = 0,
        startMinute = 0,
        startSecond = 0,
        duration: durationS,
        isRepeated,
      }) =>
        request('receiveOption.set', {
          option: {
            remindType: messageRemindType || undefined,
            startSecond: startHour * 3600 + startMinute * 60 + startSecond,
            durationS,
            isRepeated,
          },
        }),
      async getAllReceiveMessageOpt() {
        return optionView((await request('receiveOption.get', {})).option);
      },
    },
  };
}

function optionView({
  remindType,
  startSecond = 0,
  durationS = 0,
  isRepeated = false,
}: ReceiveOption): AllReceiveMessageOpt {
  return {
    messageRemindType: remindTypeOf(remindType),
    startHour: Math.floor(startSecond / 3600),
    startMinute: Math.floor(startSecond / 60) % 60,
    startSecond: startSecond % 60,
    duration: durationS,
    isRepeated,
  };
}
