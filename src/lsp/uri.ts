// URIs of clients and paths of ours: absolute, with forward slashes. A text without a file keeps its URI as its path.

import { fileURLToPath, pathToFileURL } from 'node:url';

export function pathOfUri(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri).replaceAll('\\', '/');
  } catch {
    return uri;
  }
}

export const uriOfPath = (path: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(path) && !/^[a-z]:[\\/]/i.test(path) ? path : pathToFileURL(path).href);
