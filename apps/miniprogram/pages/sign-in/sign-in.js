Component({
  data: { users: [], peers: [], me: '', busy: false, error: '' },

  lifetimes: {
    attached() {
      const { chat } = getApp();
      return chat.users().then(
        (users) => this.setData({ users }),
        ({ message }) => this.setData({ error: message }),
      );
    },
  },

  methods: {
    async onPick({ currentTarget }) {
      const me = currentTarget.dataset.user;
      this.setData({ busy: true, error: '' });
      try {
        await getApp().chat.signIn(me);
        this.setData({ me, peers: this.data.users.filter(({ userID }) => userID !== me) });
      } catch ({ message }) {
        this.setData({ error: message });
      }
      this.setData({ busy: false });
    },

    onPeer({ currentTarget }) {
      wx.navigateTo({ url: `/pages/chat/chat?to=${encodeURIComponent(currentTarget.dataset.user)}` });
    },
  },
});
