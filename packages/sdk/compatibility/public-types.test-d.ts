/** Compiled, never run: what an application may and may not write. */
import COS from 'cos-js-sdk-v5';
import TIM from '../src/index.ts';
import type { ChatSDK, Conversation, EventMap, EventName, IMError, Profile } from '../src/index.ts';
import type { MethodName } from '../src/methods.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

export const everyMethodIsInTheTable: Same<keyof ChatSDK, MethodName> = true;
export const everyEventHasItsData: Same<EventName, keyof EventMap> = true;

const tim = TIM.create({ SDKAppID: 1400000001, devMode: true });

tim.on(TIM.EVENT.MESSAGE_RECEIVED, (event) => {
  for (const message of event.data) {
    // Told apart by type, by the constant or by its value.
    if (message.type === TIM.TYPES.MSG_TEXT) takesText(message.payload.text);
    if (message.type === 'TIMImageElem') takesText(message.payload.imageInfoArray[0]?.url ?? '');
    // @ts-expect-error -- not every payload has a text
    message.payload satisfies { text: string };
  }
});
tim.once(TIM.EVENT.SDK_READY, async () => {
  const { data } = await tim.getMyProfile();
  data satisfies Profile;
});
tim.on(TIM.EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => data satisfies Conversation[]);
tim.on(TIM.EVENT.KICKED_OUT, ({ data }) => data.type === TIM.TYPES.KICKED_OUT_MULT_DEVICE);
// @ts-expect-error -- the data of this event is a list
tim.on(TIM.EVENT.CONVERSATION_LIST_UPDATED, (event: { data: string }) => takesText(event.data));
// @ts-expect-error -- no such event
tim.on('onSomething', () => undefined);

const message = tim.createTextMessage({
  to: 'bob',
  conversationType: TIM.TYPES.CONV_C2C,
  payload: { text: 'hi' },
  cloudCustomData: undefined,
});
void tim.sendMessage(message).then(({ data }) => takesText(data.message.payload.text));
void tim.sendMessage(message, { onlineUserOnly: true }).catch((error: IMError) => error.code);
// @ts-expect-error -- a text message has a text
tim.createTextMessage({ to: 'bob', conversationType: TIM.TYPES.CONV_C2C, payload: { data: 'hi' } });
// @ts-expect-error -- not a message
void tim.sendMessage({ text: 'hi' });

void tim.getMessageList({ conversationID: 'C2Cbob', nextReqMessageID: undefined, count: 15 });
void tim.deleteConversation('C2Cbob').then(({ data }) => takesText(data.conversationID));
void tim
  .deleteConversation({ conversationIDList: ['C2Cbob'] })
  .then(({ data }) => data.conversationIDList.length);
void tim.createGroup({ name: 'team', type: TIM.TYPES.GRP_WORK, memberList: [{ userID: 'bob' }] });
tim.registerPlugin({ 'cos-js-sdk': COS, 'of-mine': 1 });
const enabled: boolean = tim.callExperimentalAPI('canIUseModule', ['group']);
void (enabled && tim.callExperimentalAPI('isCommercialAbilityEnabled', 32).then(({ code }) => code));

function takesText(text: string): void {
  void text;
}
