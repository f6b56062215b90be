// What a report's script reads, out of the page's text.

import type { PageData } from '../../src/report/html/page.js';
import { unshareValues, type SharedValues } from '../../src/report/html/shared-values.js';

export const reportData = (page: string): PageData => unshareValues(JSON.parse(/id="heddle-data">(.*?)<\/script>/s.exec(page)![1]!) as SharedValues) as PageData;
