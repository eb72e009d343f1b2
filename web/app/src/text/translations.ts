import { addTranslations } from '@session-room/element/text/languages.ts';

/** What the pages say beside the element. */
void addTranslations({
  de: () => import('./catalogues/de.json'),
  fr: () => import('./catalogues/fr.json'),
  es: () => import('./catalogues/es.json'),
  pt: () => import('./catalogues/pt.json'),
  ja: () => import('./catalogues/ja.json'),
  ar: () => import('./catalogues/ar.json'),
}).catch(() => {
  // Until they can be loaded, these few words are there in English.
});
