/** Grey pictures, and what makes a code in them easier to find. */

/** A picture of one byte for each pixel, row by row. */
export interface Plane {
  width: number;
  height: number;
  data: Uint8Array<ArrayBuffer>;
}

/** The brightness of RGBA pixels. */
export function planeOf({ width, height, data }: ImageData): Plane {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at++, from += 4) {
    grey[at] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
  }
  return { width, height, data: grey };
}

/**
 * Spreads the shades between two shares of all pixels, counted from the darkest, over the whole range: for pale prints,
 * dark rooms, and a pale print on white or black ground.
 */
export function spread({ width, height, data }: Plane, fromShare: number, toShare: number): Plane {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  const shadeAt = (share: number) => {
    let shade = 0;
    for (let seen = counts[0] ?? 0; shade < 255 && seen < share * data.length; ) seen += counts[++shade] ?? 0;
    return shade;
  };
  const low = shadeAt(fromShare);
  const scale = 255 / Math.max(1, shadeAt(toShare) - low);
  const shades = Uint8Array.from({ length: 256 }, (_, shade) => Math.max(0, Math.min(255, (shade - low) * scale)));
  return { width, height, data: data.map((value) => shades[value] ?? 0) };
}

/** Softens grain: each pixel with its neighbours, weighted 1 2 1 both ways. */
export function soften({ width, height, data }: Plane): Plane {
  const rows = new Uint8Array(data.length);
  const out = new Uint8Array(data.length);
  const blur = (from: Uint8Array, to: Uint8Array, step: number, at: number, first: boolean, last: boolean) => {
    const here = from[at] ?? 0;
    to[at] = ((first ? here : from[at - step] ?? 0) + 2 * here + (last ? here : from[at + step] ?? 0)) >> 2;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) blur(data, rows, 1, y * width + x, x === 0, x === width - 1);
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) blur(rows, out, width, y * width + x, y === 0, y === height - 1);
  }
  return { width, height, data: out };
}

/** Half the width and height. */
export function halve({ width, height, data }: Plane): Plane {
  const half = { width: width >> 1, height: height >> 1 };
  const out = new Uint8Array(half.width * half.height);
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const at = 2 * y * width + 2 * x;
      out[y * half.width + x] = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0)) >> 2;
    }
  }
  return { ...half, data: out };
}

/** Turned by an angle in degrees, on a larger grey canvas. */
export function turn({ width, height, data }: Plane, degrees: number): Plane {
  const angle = degrees * Math.PI / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = {
    width: Math.ceil(Math.abs(width * cos) + Math.abs(height * sin)),
    height: Math.ceil(Math.abs(width * sin) + Math.abs(height * cos)),
  };
  const out = new Uint8Array(turned.width * turned.height).fill(128);
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const [right, below] = [x - turned.width / 2, y - turned.height / 2];
      const [fromX, fromY] = [right * cos + below * sin + width / 2, below * cos - right * sin + height / 2];
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const [u, v, at] = [fromX - left, fromY - top, top * width + left];
      out[y * turned.width + x] = (1 - v) * ((data[at] ?? 0) * (1 - u) + (data[at + 1] ?? 0) * u)
        + v * ((data[at + width] ?? 0) * (1 - u) + (data[at + width + 1] ?? 0) * u);
    }
  }
  return { ...turned, data: out };
}
