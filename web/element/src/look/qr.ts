import { svg, type SVGTemplateResult } from 'lit';

/** A QR code as one path of unit squares: drawn sharp at any size, and without an inline style or a data address. */
export async function qrCode(text: string): Promise<SVGTemplateResult> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const quiet = 3;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (modules.get(x, y)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
  }
  const side = size + 2 * quiet;
  return svg`<svg class="qr" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" aria-hidden="true">
    <rect width=${side} height=${side} fill="#fff" />
    <path d=${path} fill="#161310" />
  </svg>`;
}
