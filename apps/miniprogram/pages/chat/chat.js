/** What a bubble shows under its text; nothing for what went well. */
const NOTES = { unSend: 'Sending…', fail: 'Not sent. Tap to try again.' };

Component({
  properties: {
    /** The page's query: whom one writes to. */
    to: String,
  },

  data: { messages: [], last: '', draft: '', isOnline: true },

  lifetimes: {
    attached() {
      const { chat } = getApp();
      /** The SDK's own objects, in order: those that are being sent change in place. */
      this.known = [];
      this.unsubscribe = chat.subscribe((change) => this.onChange(change));
      this.setData({ isOnline: chat.isOnline() });
      return chat.history(this.data.to).then((messages) => this.add(messages));
    },
    detached() {
      this.unsubscribe();
    },
  },

  methods: {
    onChange({ messages, isOnline, isSignedOut }) {
      if (isOnline !== undefined) this.setData({ isOnline });
      if (isSignedOut) wx.reLaunch({ url: '/pages/sign-in/sign-in' });
      const mine = (messages || []).filter(({ conversationID }) => conversationID === `C2C${this.data.to}`);
      if (mine.length === 0) return;
      this.add(mine);
      void getApp().chat.read(this.data.to);
    },

    add(messages) {
      const isNew = ({ ID }) => !this.known.some((message) => message.ID === ID);
      this.known.push(...messages.filter(isNew));
      this.show();
    },

    show() {
      const messages = this.known.map((message, index) => ({
        id: message.ID,
        anchor: `message-${index}`,
        text: message.isRevoked ? 'This message was recalled' : message.payload.text || '[unsupported]',
        mine: message.flow === 'out',
        note: NOTES[message.status] || '',
      }));
      this.setData({ messages, last: `message-${messages.length - 1}` });
    },

    onDraft({ detail }) {
      this.setData({ draft: detail.value });
    },

    async onSend() {
      const text = this.data.draft.trim();
      if (!text) return;
      this.setData({ draft: '' });
      const { message, sending } = getApp().chat.send(this.data.to, text);
      this.add([message]);
      await this.settle(sending);
    },

    async onMessage({ currentTarget }) {
      const message = this.known.find(({ ID }) => ID === currentTarget.dataset.id);
      if (message.status !== 'fail') return;
      const sending = getApp().chat.resend(message);
      this.show();
      await this.settle(sending);
    },

    /** A send that failed says so in its bubble, where it can be repeated. */
    settle(sending) {
      const show = () => this.show();
      return sending.then(show, show);
    },
  },
});
