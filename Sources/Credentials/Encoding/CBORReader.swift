/// Reads CBOR from strangers: nesting, numbers of items and sizes are bounded.
struct CBORReader {
  /// How deep values may be nested.
  static let deepest = 32
  /// How many items a value may hold in all.
  static let most = 100_000

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var items = 0

  /// Reads one value, which must fill the bytes.
  static func value(of bytes: ArraySlice<UInt8>) throws(CredentialsFault) -> CBOR {
    var reader = CBORReader(bytes)
    let value = try reader.value(depth: 0)
    guard reader.position == bytes.endIndex else { throw .cbor("bytes follow the value") }
    return value
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private mutating func value(depth: Int) throws(CredentialsFault) -> CBOR {
    items += 1
    guard depth <= CBORReader.deepest else { throw .cbor("it is nested too deeply") }
    guard items <= CBORReader.most else { throw .cbor("it has too many items") }
    let head = try next()
    let (major, info) = (head >> 5, head & 31)
    if info == 31 { return try indefinite(major, depth: depth) }
    let number = try argument(info)
    switch major {
    case 0: return .unsigned(number)
    case 1: return .negative(number)
    case 2: return .bytes(Array(try take(number)))
    case 3: return .text(try text(number))
    case 4:
      let count = try count(number)
      var values: [CBOR] = []
      for _ in 0..<count { values.append(try value(depth: depth + 1)) }
      return .array(values)
    case 5:
      let count = try count(number)
      var entries: [CBOR.Entry] = []
      for _ in 0..<count { entries.append(try entry(depth: depth)) }
      return try map(entries)
    case 6: return .tagged(number, try value(depth: depth + 1))
    default: return try simple(info, number)
    }
  }

  private mutating func indefinite(
    _ major: UInt8, depth: Int
  ) throws(CredentialsFault) -> CBOR {
    switch major {
    case 2:
      var all: [UInt8] = []
      while try !ends() {
        guard case .bytes(let part) = try value(depth: depth + 1) else {
          throw .cbor("a bad string")
        }
        all += part
      }
      return .bytes(all)
    case 3:
      var all = ""
      while try !ends() {
        guard case .text(let part) = try value(depth: depth + 1) else {
          throw .cbor("a bad string")
        }
        all += part
      }
      return .text(all)
    case 4:
      var values: [CBOR] = []
      while try !ends() { values.append(try value(depth: depth + 1)) }
      return .array(values)
    case 5:
      var entries: [CBOR.Entry] = []
      while try !ends() { entries.append(try entry(depth: depth)) }
      return try map(entries)
    default: throw .cbor("a bad head")
    }
  }

  private mutating func entry(depth: Int) throws(CredentialsFault) -> CBOR.Entry {
    let key = try value(depth: depth + 1)
    return CBOR.Entry(key: key, value: try value(depth: depth + 1))
  }

  /// A map; which of two values with one key counts would be anyone's guess.
  private func map(_ entries: [CBOR.Entry]) throws(CredentialsFault) -> CBOR {
    guard Set(entries.map(\.key.encoded)).count == entries.count else {
      throw .cbor("a key occurs twice")
    }
    return .map(entries)
  }

  private mutating func simple(_ info: UInt8, _ number: UInt64) throws(CredentialsFault) -> CBOR {
    switch info {
    case 20: .bool(false)
    case 21: .bool(true)
    case 22: .null
    case 23: .undefined
    case 25: .double(Double(Float16(bitPattern: UInt16(number))))
    case 26: .double(Double(Float(bitPattern: UInt32(number))))
    case 27: .double(Double(bitPattern: number))
    default: throw .cbor("an unknown simple value")
    }
  }

  private mutating func argument(_ info: UInt8) throws(CredentialsFault) -> UInt64 {
    switch info {
    case 0..<24: UInt64(info)
    case 24...27: BigEndian.number(try take(1 << UInt64(info - 24)))
    default: throw .cbor("a bad head")
    }
  }

  private func count(_ number: UInt64) throws(CredentialsFault) -> Int {
    // Each item takes a byte at least.
    guard number <= UInt64(bytes.endIndex - position) else { throw .cbor("it is cut short") }
    return Int(number)
  }

  private mutating func text(_ number: UInt64) throws(CredentialsFault) -> String {
    guard let text = String(validating: try take(number), as: UTF8.self) else {
      throw .cbor("a text is not UTF-8")
    }
    return text
  }

  private mutating func ends() throws(CredentialsFault) -> Bool {
    guard position < bytes.endIndex else { throw .cbor("it is cut short") }
    guard bytes[position] == 0xFF else { return false }
    position += 1
    return true
  }

  private mutating func next() throws(CredentialsFault) -> UInt8 {
    guard position < bytes.endIndex else { throw .cbor("it is cut short") }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func take(_ number: UInt64) throws(CredentialsFault) -> ArraySlice<UInt8> {
    guard number <= UInt64(bytes.endIndex - position) else { throw .cbor("it is cut short") }
    defer { position += Int(number) }
    return bytes[position..<position + Int(number)]
  }
}
