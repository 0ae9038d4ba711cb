const TIM = require('tim-wx-sdk');

/** The program's one line to the server. Pages hear of changes and read what they show; only this file knows the SDK. */
function createChat(server) {
  const listeners = new Set();
  /** Set by the sign-in. */
  let tim;
  let userID = '';
  let isOnline = true;

  function changed(change) {
    listeners.forEach((listener) => listener(change));
  }

  function listen() {
    tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => changed({ messages: data }));
    tim.on(TIM.EVENT.MESSAGE_REVOKED, ({ data }) => changed({ messages: data }));
    tim.on(TIM.EVENT.NET_STATE_CHANGE, ({ data }) => {
      isOnline = data.state === TIM.TYPES.NET_STATE_CONNECTED;
      changed({ isOnline });
    });
    tim.on(TIM.EVENT.KICKED_OUT, () => {
      userID = '';
      changed({ isSignedOut: true });
    });
  }

  return {
    /** Whom the server, in development mode, lets in without a password. */
    async users() {
      const { users } = await getJSON(`${server}/demo-users.json`);
      if (!users) throw new Error(`${server} has no demo users: it is not in development mode`);
      return users;
    },

    async signIn(name) {
      const { SDKAppID, userSig } = await getJSON(`${server}/dev/usersig?userID=${encodeURIComponent(name)}`);
      if (!tim) {
        tim = TIM.create({ SDKAppID, proxyServer: server });
        tim.setLogLevel(2);
        listen();
      }
      await tim.login({ userID: name, userSig });
      await tim.ready();
      userID = name;
    },

    signOut() {
      userID = '';
      return tim.logout();
    },

    userID: () => userID,
    isOnline: () => isOnline,

    async history(peer) {
      const conversationID = `C2C${peer}`;
      const { data } = await tim.getMessageList({ conversationID });
      await tim.setMessageRead({ conversationID });
      return data.messageList;
    },

    read: (peer) => tim.setMessageRead({ conversationID: `C2C${peer}` }),

    /** Makes the message, which can be shown at once; `sending` tells what became of it. */
    send(peer, text) {
      const message = tim.createTextMessage({
        to: peer,
        conversationType: TIM.TYPES.CONV_C2C,
        payload: { text },
      });
      return { message, sending: tim.sendMessage(message) };
    },

    resend: (message) => tim.resendMessage(message),

    /** Calls `listener` with each change; returns what ends it. */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function getJSON(url) {
  return new Promise((resolve, reject) => {
    wx.request({
      url,
      success: ({ statusCode, data }) => {
        if (statusCode === 200) resolve(data);
        else reject(new Error(`${url} answered ${statusCode}`));
      },
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    });
  });
}

module.exports = { createChat };
