// Reading numbers and text from bytes, one after the other. Reading past the end
// throws a RangeError.

export class Reader {
  private readonly view: DataView;
  constructor(private readonly bytes: Uint8Array, public at = 0) { this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength); }

  u8(): number { return this.view.getUint8(this.at++); }
  u16(): number { this.at += 2; return this.view.getUint16(this.at - 2, true); }
  u32(): number { this.at += 4; return this.view.getUint32(this.at - 4, true); }
  skip(n: number): void { this.take(n); }

  take(n: number): Uint8Array {
    if (n < 0 || this.at + n > this.bytes.length) throw new RangeError('past the end');
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }

  utf16(units: number): string { return new TextDecoder('utf-16le').decode(this.take(2 * units)); }

  /** Seven bits a byte, low ones first. */
  varuint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const b = this.u8();
      value += (b & 0x7f) * shift;
      if (b < 0x80) return value;
      if (shift > 2 ** 49) throw new RangeError('too long');
    }
  }

  /** SQLite's: seven bits a byte, high ones first; the ninth has eight. */
  varint(): number {
    let value = 0;
    for (let i = 0; i < 9; i++) {
      const b = this.u8();
      if (i === 8) return value * 256 + b;
      value = value * 128 + (b & 0x7f);
      if (b < 0x80) return value;
    }
    return value;
  }
}

export async function slice(data: Blob, from: number, to: number): Promise<Uint8Array> { return new Uint8Array(await data.slice(from, to).arrayBuffer()); }
