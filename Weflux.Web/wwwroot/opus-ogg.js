// Chromium records Opus in a WebM box; WhatsApp plays Opus in an Ogg box as a voice note. The sound itself is the same,
// so it is only packed anew, packet by packet. Ogg: RFC 3533; Opus in Ogg: RFC 7845; durations: RFC 6716, section 3.1.

const rate = 48000;
const packetsOnPage = 50;
const inside = new Set([0x18538067 /* Segment */, 0x1f43b675 /* Cluster */, 0x1654ae6b /* Tracks */, 0xae /* TrackEntry */, 0xa0 /* BlockGroup */]);
const codecPrivate = 0x63a2;
const blocks = new Set([0xa3 /* SimpleBlock */, 0xa1 /* Block */]);

/** @returns the same sound in an Ogg box, as a Uint8Array. Throws if there is no Opus in it. */
export function webmToOgg(webm) {
  const { head, packets } = unpack(new Uint8Array(webm));
  if (!head || packets.length === 0) {
    throw new Error("The recording holds no Opus sound.");
  }
  return pack(head, packets);
}

function unpack(bytes) {
  const packets = [];
  let head = null;
  let at = 0;
  while (at < bytes.length) {
    const id = number(bytes, at, false);
    const size = id && number(bytes, at + id.length, true);
    if (!size) {
      break;
    }
    const start = at + id.length + size.length;
    const end = size.isUnknown ? bytes.length : start + size.value;
    if (inside.has(id.value)) {
      at = start;
      continue;
    }
    if (end > bytes.length) {
      // A recording that broke off keeps what is whole.
      break;
    }
    if (id.value === codecPrivate) {
      head = bytes.slice(start, end);
    } else if (blocks.has(id.value)) {
      const track = number(bytes, start, true);
      packets.push(bytes.subarray(start + track.length + 3, end));
    }
    at = end;
  }
  return { head, packets };
}

// Numbers whose first bit that is set tells their length.
function number(bytes, at, isSize) {
  const first = bytes[at];
  if (!first) {
    return null;
  }
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) {
    return null;
  }
  let value = isSize ? first & (0xff >> length) : first;
  let isUnknown = isSize && value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i];
    isUnknown &&= bytes[at + i] === 0xff;
  }
  return { value, length, isUnknown };
}

function pack(head, packets) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const skip = view.getUint16(10, true);
  const serial = crypto.getRandomValues(new Uint32Array(1))[0];
  const pages = [page([head], { serial, index: 0, granule: 0, flags: 2 }), page([tags()], { serial, index: 1, granule: 0, flags: 0 })];
  let granule = 0;
  for (let from = 0; from < packets.length;) {
    const some = [];
    let segments = 0;
    while (from + some.length < packets.length && some.length < packetsOnPage) {
      const packet = packets[from + some.length];
      const needs = Math.floor(packet.length / 255) + 1;
      if (segments + needs > 255) {
        break;
      }
      segments += needs;
      some.push(packet);
    }
    granule += some.reduce((sum, packet) => sum + samples(packet), 0);
    from += some.length;
    pages.push(page(some, { serial, index: pages.length, granule: Math.max(granule, skip), flags: from === packets.length ? 4 : 0 }));
  }
  return concat(pages);
}

function samples(packet) {
  const config = packet[0] >> 3;
  const milliseconds = config < 12 ? [10, 20, 40, 60][config & 3] : config < 16 ? [10, 20][config & 1] : [2.5, 5, 10, 20][config & 3];
  const frames = [1, 2, 2, packet[1] & 0x3f][packet[0] & 3];
  return frames * milliseconds * rate / 1000;
}

function tags() {
  const vendor = "Weflux";
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("OpusTags"));
  view.setUint32(8, vendor.length, true);
  bytes.set(new TextEncoder().encode(vendor), 12);
  return bytes;
}

function page(packets, { serial, index, granule, flags }) {
  const lacing = packets.flatMap(packet => [...new Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const head = new Uint8Array(27 + lacing.length);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode("OggS"));
  head[5] = flags;
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, index, true);
  head[26] = lacing.length;
  head.set(lacing, 27);
  const bytes = concat([head, ...packets]);
  new DataView(bytes.buffer).setUint32(22, checksum(bytes), true);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let remainder = i << 24;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 0x80000000 ? (remainder << 1) ^ 0x04c11db7 : remainder << 1;
  }
  return remainder >>> 0;
});

function checksum(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum = ((sum << 8) ^ table[((sum >>> 24) ^ byte) & 0xff]) >>> 0;
  }
  return sum;
}

function concat(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
