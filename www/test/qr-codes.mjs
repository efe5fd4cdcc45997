// QR codes as pictures and as a film for the browser's fake camera, made by another library than the one that reads them.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { encode } from "uqr";
import { bakePng } from "./png.mjs";

/** Grey pixels, all of one shade. */
export const plain = (width, height, shade = 255) => ({ width, height, data: new Uint8Array(width * height).fill(shade) });

/** The code of `text`: `scale` pixels for each module, four modules of quiet zone. */
export function code(text, { scale = 6, dark = 0, light = 255, border = 4, ecc = "L" } = {}) {
  const { data, size } = encode(text, { ecc, border });
  const side = size * scale;
  const picture = plain(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) picture.data[y * side + x] = data[Math.floor(y / scale)][Math.floor(x / scale)] ? dark : light;
  }
  return picture;
}

/** Turned by degrees around its middle, on ground of the same size. */
export function turned({ width, height, data }, degrees, shade = 255) {
  const out = plain(width, height, shade);
  const [cos, sin] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x - width / 2, y - height / 2];
      const [fromX, fromY] = [Math.round(u * cos + v * sin + width / 2), Math.round(v * cos - u * sin + height / 2)];
      if (fromX >= 0 && fromY >= 0 && fromX < width && fromY < height) out.data[y * width + x] = data[fromY * width + fromX];
    }
  }
  return out;
}

/** Pictures laid on a ground, each with its left upper corner at `[picture, left, top]`. */
export function laid(ground, ...pieces) {
  const out = { ...ground, data: ground.data.slice() };
  for (const [piece, left, top] of pieces) {
    for (let y = 0; y < piece.height; y++) {
      out.data.set(piece.data.subarray(y * piece.width, (y + 1) * piece.width), (top + y) * out.width + left);
    }
  }
  return out;
}

/** In the middle of a ground of `width` by `height`. */
export const centred = (piece, width, height, shade = 255) =>
  laid(plain(width, height, shade), [piece, (width - piece.width) >> 1, (height - piece.height) >> 1]);

export const png = (picture, baked = null) => bakePng(baked, picture);

/** Writes a film of one picture in YUV4MPEG2, which Chromium's fake camera shows. */
export async function film(path, picture) {
  const { width, height, data } = picture;
  const out = createWriteStream(path);
  out.write(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`);
  const colours = Buffer.alloc((width >> 1) * (height >> 1) * 2, 128);
  for (let frame = 0; frame < 2; frame++) {
    out.write("FRAME\n");
    out.write(data);
    out.write(colours);
  }
  out.end();
  await once(out, "close");
}
