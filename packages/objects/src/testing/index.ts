export { signRequest } from '../access/signature.ts';
export { wrongWithUploads } from './check-uploads.ts';
export { type UploaderSettings, type UploadLine, uploadsIn } from './upload-lines.ts';
