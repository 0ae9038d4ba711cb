// A page with the SDK on it, and hands for a test: what came, what was sent and how it ended, how many sockets there were.
import whole from './tim-js.mjs';
import * as sdk from './modular.mjs';

const parameters = new URLSearchParams(location.search);
const offlineCache = parameters.has('offlineCache');
const { composeSDK, eventsOf, profiles, groups, ...others } = sdk;
// People and groups before what shows them.
const TIM = offlineCache ? composeSDK([profiles, groups, ...Object.values(others)]) : whole;

const sockets = { open: 0, most: 0, made: 0 };
window.WebSocket = class extends WebSocket {
  isOver = false;
  constructor(url) {
    super(url);
    sockets.made += 1;
    sockets.open += 1;
    sockets.most = Math.max(sockets.most, sockets.open);
    this.addEventListener('close', () => this.over());
  }
  over() {
    if (!this.isOver) sockets.open -= 1;
    this.isOver = true;
  }
  close(code) {
    this.over();
    super.close(code);
  }
};

const tim = TIM.create({ SDKAppID: Number(parameters.get('app')), offlineCache });
const received = [];
const sent = [];
const heard = { ready: 0, notReady: 0, netStates: [], errors: [] };
const lists = [];
const looped = [];
tim.on(TIM.EVENT.SDK_READY, () => (heard.ready += 1));
tim.on(TIM.EVENT.SDK_NOT_READY, () => (heard.notReady += 1));
tim.on(TIM.EVENT.NET_STATE_CHANGE, ({ data }) => heard.netStates.push(data.state));
tim.on(TIM.EVENT.ERROR, ({ data }) => heard.errors.push(data.code));
tim.on(TIM.EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => lists.push(data.map((it) => it.conversationID)));
const loop = async () => {
  for await (const { data } of eventsOf(tim, TIM.EVENT.MESSAGE_RECEIVED))
    looped.push(...data.map(({ payload }) => payload.text));
};
void loop();
tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => received.push(...data.map(({ payload }) => payload.text)));
addEventListener('error', ({ message }) => heard.errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => heard.errors.push(String(reason)));

async function enter(userID, userSig) {
  await tim.login({ userID, userSig });
  await tim.ready();
}

/** Does not wait: `sent` tells how it ended. */
function say(to, text) {
  const entry = { text, state: 'pending' };
  sent.push(entry);
  const message = tim.createTextMessage({ to, conversationType: TIM.TYPES.CONV_C2C, payload: { text } });
  tim.sendMessage(message).then(
    () => (entry.state = 'sent'),
    ({ code }) => (entry.state = String(code)),
  );
}

async function unread(conversationID) {
  const { data } = await tim.getConversationList();
  return data.conversationList.find((it) => it.conversationID === conversationID)?.unreadCount;
}

async function history(conversationID) {
  const { data } = await tim.getMessageList({ conversationID });
  return data.messageList.map(({ payload }) => payload.text);
}

Object.assign(window, {
  hands: { tim, received, sent, heard, lists, looped, sockets, enter, say, unread, history },
});
