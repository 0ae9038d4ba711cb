import type { Files } from './files.ts';
import { findHost, type MiniProgramHost } from './wx-host.ts';

/** Mini programs: a form that brings the file by its path. A video's picture and length come with the choice of it. */
export function createWxFiles(host: () => MiniProgramHost = findHost): Files {
  return {
    send: ({ path, grant, progress, onStop }) =>
      new Promise((resolve, reject) => {
        const fail = ({ errMsg }: { errMsg?: string }): void => reject(new Error(errMsg));
        const task = host().uploadFile?.({
          url: `${grant.url}/`,
          filePath: path,
          name: 'file',
          formData: { key: grant.key, upload: grant.token },
          success: ({ statusCode, data }) =>
            statusCode < 300 ? resolve() : fail({ errMsg: data.slice(0, 200) }),
          fail,
        });
        if (!task) return fail({ errMsg: 'this host cannot upload' });
        task.onProgressUpdate?.((event) => progress(event.progress / 100));
        onStop(() => task.abort());
      }),
    size: (filePath) =>
      new Promise((resolve) => {
        const answer = ({ size = 0 }: { size?: number }): void => resolve(size);
        const manager = host().getFileSystemManager?.();
        if (!manager) return answer({});
        manager.getFileInfo({ filePath, success: answer, fail: () => answer({}) });
      }),
  };
}
