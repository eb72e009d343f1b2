/**
 * A hundredth of the wall's height and width. As lengths they mean the same in every box inside it; as mere text they
 * would be measured anew by each.
 */
for (const [name, initialValue] of [
  ['--sr-wall-height', '10.8px'],
  ['--sr-wall-width', '19.2px'],
] as const) {
  try {
    CSS.registerProperty?.({ name, syntax: '<length>', inherits: true, initialValue });
  } catch {
    // Another copy of this module on the same page was first.
  }
}
