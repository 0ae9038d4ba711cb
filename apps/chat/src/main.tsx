import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import TIM from 'tim-js-sdk';
import { App } from './app/App.tsx';
import { createTaskQueue } from './app/task-queue.ts';
import { createChatClient } from './chat-client/chat-client.ts';
import { ChatClientProvider } from './chat-client/hooks.tsx';
import { LanguageProvider } from './i18n/language.tsx';
import { ThemeProvider } from './settings/theme.tsx';

const client = createChatClient({
  TIM,
  fetch: (...request) => fetch(...request),
  storage: sessionStorage,
  clock: {
    nowMs: () => Date.now(),
    after: (ms, run) => setTimeout(run, ms),
    soon: createTaskQueue(),
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root"');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <ThemeProvider>
        <ChatClientProvider client={client}>
          <App />
        </ChatClientProvider>
      </ThemeProvider>
    </LanguageProvider>
  </StrictMode>,
);

void client.restore(new URLSearchParams(location.search).get('user') ?? undefined);
