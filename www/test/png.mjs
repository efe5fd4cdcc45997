// A grey picture, by default the smallest, with a badge baked in as Open Badges 3.0 says (an iTXt chunk), or without.
import { crc32, deflateSync } from "node:zlib";

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

export function bakePng(text, { width, height, data } = { width: 1, height: 1, data: new Uint8Array(1) }) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = Array.from({ length: height }, (_, y) => [Buffer.from([0]), data.subarray(y * width, (y + 1) * width)]);
  const keyword = Buffer.from("openbadgecredential\0\0\0\0\0", "latin1");
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(text === null ? [] : [chunk("iTXt", Buffer.concat([keyword, Buffer.from(text, "utf8")]))]),
    chunk("IDAT", deflateSync(Buffer.concat(rows.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
