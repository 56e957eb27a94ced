/** Protobuf messages as bytes, taken apart and put together again. Encoding: protobuf.dev/programming-guides/encoding. */

export interface Field {
  number: number
  /** 0 varint, 1 eight bytes, 2 bytes with their length, 5 four bytes. */
  wire: number
  /** Key and length included. */
  whole: Uint8Array
  /** A varint's bytes, or the content. */
  content: Uint8Array
}

/** The fields of a message that is well formed. */
export function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = []
  for (let at = 0; at < message.length;) {
    const key = readVarint(message, at)
    const wire = key.value % 8
    const head = readVarint(message, key.next)
    const start = wire === 2 ? head.next : key.next
    const end = wire === 2 ? start + head.value : wire === 0 ? head.next : start + (wire === 1 ? 8 : 4)
    const number = Math.floor(key.value / 8)
    fields.push({ number, wire, whole: message.subarray(at, end), content: message.subarray(start, end) })
    at = end
  }
  return fields
}

/** The message with the content of every field of this number changed. */
export function changed(message: Uint8Array, number: number, change: (content: Uint8Array) => Uint8Array): Uint8Array {
  return join(
    fieldsOf(message).map((field) => (field.number === number ? bytes(number, change(field.content)) : field.whole))
  )
}

/** A field of bytes: a text, a message. */
export function bytes(number: number, content: Uint8Array): Uint8Array {
  return join([varint(number * 8 + 2), varint(content.length), content])
}

/** A field of a number. */
export function number(field: number, value: number | bigint): Uint8Array {
  return join([varint(field * 8), varint(value)])
}

/** Negative numbers take ten bytes, as in protobuf. */
export function varint(value: number | bigint): Uint8Array {
  const digits = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) digits.push(Number(rest & 127n) | 128)
  return Uint8Array.from([...digits, Number(rest)])
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

export function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

export function text(value: Uint8Array): string {
  return new TextDecoder().decode(value)
}

function readVarint(message: Uint8Array, from: number): { value: number; next: number } {
  let [value, at] = [0, from]
  for (let factor = 1; ; factor *= 128) {
    const byte = message[at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) return { value, next: at }
  }
}
