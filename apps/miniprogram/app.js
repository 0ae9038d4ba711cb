const { server } = require('./config');
const { createChat } = require('./chat');

App({
  onLaunch() {
    this.chat = createChat(server);
  },
});
