// Pictures of a page, point by point.
import { inflateSync } from "node:zlib";

/** A screenshot as Chromium writes it: eight bits a channel, not interlaced. */
export function points(png) {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const parts = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const row = width * channels;
  const data = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x < channels ? 0 : data[y * row + x - channels];
      const up = y ? data[(y - 1) * row + x] : 0;
      const corner = y && x >= channels ? data[(y - 1) * row + x - channels] : 0;
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      data[y * row + x] = raw[y * (row + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth][kind];
    }
  }
  return { width, height, channels, data };
}

/** The part of the points that are not the same: letters are smoothed in more than one way, so a little is nothing. */
export function difference(one, other) {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let changed = 0;
  for (let at = 0; at < one.width * one.height; at++) {
    const [a, b] = [at * one.channels, at * other.channels];
    const far = Math.max(...[0, 1, 2].map((channel) => Math.abs(one.data[a + channel] - other.data[b + channel])));
    if (far > 64) changed++;
  }
  return changed / (one.width * one.height);
}
