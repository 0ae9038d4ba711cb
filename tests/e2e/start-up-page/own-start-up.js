// The start of an app, as every app of this SDK starts: used where the published page is not at hand.
import TIM from 'tim-js-sdk';
import COS from 'cos-js-sdk-v5';

const tim = TIM.create({ SDKAppID: 0 });
tim.setLogLevel(0);
tim.registerPlugin({ 'cos-js-sdk': COS });

for (const name of [
  'SDK_READY',
  'MESSAGE_RECEIVED',
  'MESSAGE_REVOKED',
  'CONVERSATION_LIST_UPDATED',
  'GROUP_LIST_UPDATED',
  'GROUP_SYSTEM_NOTICE_RECEIVED',
  'PROFILE_UPDATED',
  'BLACKLIST_UPDATED',
  'ERROR',
  'SDK_NOT_READY',
  'KICKED_OUT',
]) {
  tim.on(TIM.EVENT[name], function (event) {
    void event.data;
  });
}
