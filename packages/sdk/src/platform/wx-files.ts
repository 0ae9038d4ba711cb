import type { Files } from './files.ts';
import { findHost, reasonOf, type HostFailure, type MiniProgramHost } from './wx-host.ts';

/** Mini programs: a form that brings the file by its path. A video's picture and length come with the choice of it. */
export function createWxFiles(host: () => MiniProgramHost = findHost): Files {
  return {
    send: ({ path, grant, progress, onStop }) =>
      new Promise((resolve, reject) => {
        const fail = (result: HostFailure): void => reject(new Error(reasonOf(result, 'the upload failed')));
        const task = host().uploadFile?.({
          url: `${grant.url}/`,
          filePath: path,
          name: 'file',
          fileName: 'file',
          fileType: kindOf(path),
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
        const options = { filePath, apFilePath: filePath, success: answer, fail: () => answer({}) };
        const { getFileSystemManager, getFileInfo } = host();
        if (getFileSystemManager) getFileSystemManager().getFileInfo(options);
        else if (getFileInfo) getFileInfo(options);
        else answer({});
      }),
  };
}

function kindOf(path: string): 'image' | 'video' | 'audio' {
  if (/\.(mp4|mov|m4v|3gp|webm)$/i.test(path)) return 'video';
  return /\.(mp3|m4a|aac|wav|amr|silk)$/i.test(path) ? 'audio' : 'image';
}
