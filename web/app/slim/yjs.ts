import type { Plugin } from 'vite';
import { reduce } from './reduce.js';

const members = (type: string, names: string) => names.split(' ').map((name) => `${type}.${name}`);

/**
 * Boards are maps, lists and plain texts. What others have put into the document besides, XML say, is read, kept and
 * passed on, which takes the types' places in the encoding and nothing of what one would do with them. Updates come
 * and go in the first encoding; the second is what Yjs keeps early ones in, for which the first is as good.
 */
export const slimYjs: Plugin[] = [
  reduce({
    module: '/yjs/dist/yjs.mjs',
    without: [
      ...['DSEncoderV2', 'DSDecoderV2', 'UpdateEncoderV2', 'UpdateDecoderV2'],
      ...members('Doc', 'load getSubdocs getSubdocGuids getXmlElement getXmlFragment toJSON'),
      ...members('YText', 'clone applyDelta toDelta insertEmbed format'),
      ...members('YText', 'removeAttribute setAttribute getAttribute getAttributes'),
      ...members('YMap', 'clone toJSON clear'),
      ...members('YArray', 'from clone unshift slice toJSON map'),
      ...members('YEvent', 'keys changes delta'),
      ...members('YTextEvent', 'changes'),
      ...members('UndoManager', 'addTrackedOrigin removeTrackedOrigin'),
      ...members('YXmlFragment', 'firstChild _integrate clone length createTreeWalker querySelector querySelectorAll'),
      ...members(
        'YXmlFragment',
        'toString toJSON toDOM insert insertAfter delete toArray push unshift get slice forEach',
      ),
      ...members('YXmlElement', 'nextSibling prevSibling _integrate clone toString removeAttribute setAttribute'),
      ...members('YXmlElement', 'getAttribute hasAttribute getAttributes toDOM'),
      ...members('YXmlText', 'nextSibling prevSibling clone toDOM toString toJSON'),
      ...members('YXmlHook', 'clone toDOM'),
    ],
    instead: {
      'YXmlFragment._callObserver': 'callTypeObservers(this, transaction, new YEvent(this, transaction));',
    },
    edits: [
      [/^(export \{.*)UpdateDecoderV2, (.*)UpdateEncoderV2, /m, '$1$2'],
      [/\b(DS|Update)(En|De)coderV2\b/g, '$1$2coderV1'],
    ],
  }),
];
