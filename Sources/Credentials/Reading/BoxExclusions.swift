import Foundation

/// The boxes and parts of boxes that a hash of an MP4 or MOV file leaves out.
struct BoxExclusions {
  private struct Exclusion {
    let path: String
    let length: Int?
    let version: Int?
    let flags: [UInt8]?
    let isExact: Bool
    let data: [(offset: Int, value: [UInt8])]
    let subset: [(offset: Int, length: Int)]?
  }

  private let exclusions: [Exclusion]

  /// The most exclusions of a hash.
  private static let most = 64

  init(of value: CBOR) throws(CredentialsFault) {
    let values = value["exclusions"]?.array ?? []
    guard values.count <= BoxExclusions.most else { throw .claim("its hash leaves out too much") }
    var exclusions: [Exclusion] = []
    for value in values {
      guard let path = value["xpath"]?.text else {
        throw .claim("what its hash leaves out cannot be read")
      }
      var data: [(Int, [UInt8])] = []
      for part in value["data"]?.array ?? [] {
        guard let offset = part["offset"]?.number, let bytes = part["value"]?.bytes else {
          throw .claim("what its hash leaves out cannot be read")
        }
        data.append((offset, bytes))
      }
      var subset: [(Int, Int)]? = nil
      if let parts = value["subset"]?.array {
        subset = []
        for part in parts {
          guard let offset = part["offset"]?.number, let length = part["length"]?.number else {
            throw .claim("what its hash leaves out cannot be read")
          }
          subset?.append((offset, length))
        }
      }
      exclusions.append(
        Exclusion(
          path: path, length: value["length"]?.number, version: value["version"]?.number,
          flags: value["flags"]?.bytes, isExact: value["exact"] != .bool(false), data: data,
          subset: subset))
    }
    self.exclusions = exclusions
  }

  /// What of a file is hashed, in order.
  ///
  /// - Parameter hashesOffsets: whether the place of each box at the top is hashed, unless it is left
  ///   out as a whole.
  func pieces(
    of file: Data, hashesOffsets: Bool
  ) throws(CredentialsFault) -> [HashBinding.Piece] {
    var left: Set<Int> = []
    var excluded: [Range<Int>] = []
    for exclusion in exclusions {
      for box in try BMFF.boxes(at: exclusion.path, of: file)
      where BoxExclusions.meets(box, exclusion, in: file) {
        let range = box.range
        guard let subset = exclusion.subset else {
          excluded.append(range)
          left.insert(range.lowerBound)
          continue
        }
        for part in subset where part.offset <= range.count {
          let rest = range.count - part.offset
          let start = range.lowerBound + part.offset
          excluded.append(start..<start + (part.length == 0 ? rest : min(part.length, rest)))
        }
      }
    }
    var pieces: [HashBinding.Piece] = []
    let tops = try BMFF.boxes(of: file).map(\.range.lowerBound)
    var next = hashesOffsets ? tops.filter { !left.contains($0) }[...] : []
    for range in HashBinding.rest(of: file.count, without: excluded) {
      var start = range.lowerBound
      while let top = next.first, top < range.upperBound {
        if top > start { pieces.append(.bytes(start..<top)) }
        pieces.append(.offset(top))
        start = max(start, top)
        next = next.dropFirst()
      }
      pieces.append(.bytes(start..<range.upperBound))
    }
    return pieces
  }

  private static func meets(_ box: BMFF.Box, _ exclusion: Exclusion, in file: Data) -> Bool {
    let range = box.range
    if let length = exclusion.length, length != range.count { return false }
    if exclusion.version != nil || exclusion.flags != nil {
      guard box.contents + 4 <= range.upperBound else { return false }
      let head = Array(file[box.contents..<box.contents + 4])
      if let version = exclusion.version, version != Int(head[0]) { return false }
      if let flags = exclusion.flags {
        guard flags.count == 3 else { return false }
        let meets = zip(flags, head.dropFirst()).allSatisfy { wanted, found in
          exclusion.isExact ? wanted == found : wanted & found == wanted
        }
        if !meets { return false }
      }
    }
    return exclusion.data.allSatisfy { offset, value in
      guard offset <= range.count, value.count <= range.count - offset else { return false }
      let start = range.lowerBound + offset
      return file[start..<start + value.count].elementsEqual(value)
    }
  }
}
