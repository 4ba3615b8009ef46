import Foundation

/// An MP4 or MOV file with a manifest store, as it is written.
///
/// The store stands before the movie's boxes, whose offsets into the file are moved; where that is not
/// possible, at the end.
struct MovieCopy {
  private let file: Data
  private let boxes: [BMFF.Box]
  /// The number of boxes before the store.
  private let before: Int
  /// The tables of offsets after the move, by their place in the old file.
  private let patches: [(place: Int, bytes: [UInt8])]
  private let writer: ManifestWriter
  private let head: [UInt8]

  /// How many bytes are read at a time.
  private static let part = 4 << 20
  /// Boxes that hold no offsets that would have to move.
  private static let plain: Set = ["ftyp", "free", "skip", "wide", "mdat", "moov", "uuid"]

  init(
    of file: Data, _ statement: CredentialsStatement, _ signer: CredentialsSigner
  ) throws {
    self.file = file
    boxes = try BMFF.boxes(of: file)
    var digest = RunningDigest()
    digest.update(file)
    writer = ManifestWriter(statement, signer, contents: digest.bytes)
    let empty = [UInt8](repeating: 0, count: 32)
    let size = try writer.store(.boxes(hash: empty), isDraft: true).count
    head = BMFF.head(storeSize: size)
    let first = boxes.firstIndex { $0.type != "ftyp" } ?? boxes.count
    if boxes.allSatisfy({ MovieCopy.plain.contains($0.type) }),
      let patches = try MovieCopy.patches(of: file, by: head.count + size)
    {
      (before, self.patches) = (first, patches)
    } else {
      (before, patches) = (boxes.count, [])
    }
  }

  /// Writes the file.
  func write(to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let copy = FileHandle(forWritingAtPath: path)
    else { throw CredentialsError.unsignable(reason: "'\(path)' cannot be created") }
    defer { try? copy.close() }
    var hash = HashAlgorithm.Running(.sha256)
    var written = 0
    func add(_ bytes: Data) throws {
      hash.update(bytes)
      try copy.write(contentsOf: bytes)
      written += bytes.count
    }
    func add(_ boxes: ArraySlice<BMFF.Box>) throws {
      for box in boxes {
        hash.update(BigEndian.bytes(UInt64(written)))
        if box.type == "ftyp" {
          let start = box.range.lowerBound
          hash.update(file[start..<start + 4])
          hash.update(file[start + 8..<box.range.upperBound])
          try copy.write(contentsOf: file[box.range])
          written += box.range.count
        } else {
          try pieces(of: box.range, add)
        }
      }
    }
    try add(boxes[..<before])
    let place = written
    let empty = [UInt8](repeating: 0, count: 32)
    let draft = try writer.store(.boxes(hash: empty), isDraft: true)
    hash.update(BigEndian.bytes(UInt64(place)))
    hash.update(head[..<4])
    hash.update(head[24...])
    try copy.write(contentsOf: Data(head + draft))
    written += head.count + draft.count
    try add(boxes[before...])
    let store = try writer.store(.boxes(hash: hash.bytes))
    precondition(store.count == draft.count, "a manifest store grew while it was written")
    try copy.seek(toOffset: UInt64(place + head.count))
    try copy.write(contentsOf: Data(store))
    try copy.synchronize()
  }

  /// The parts of a range, with the moved offsets in their places.
  private func pieces(of range: Range<Int>, _ body: (Data) throws -> Void) throws {
    var position = range.lowerBound
    for patch in patches where range.contains(patch.place) {
      try parts(of: position..<patch.place, body)
      try body(Data(patch.bytes))
      position = patch.place + patch.bytes.count
    }
    try parts(of: position..<range.upperBound, body)
  }

  private func parts(of range: Range<Int>, _ body: (Data) throws -> Void) throws {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: MovieCopy.part) {
      try body(file[start..<min(start + MovieCopy.part, range.upperBound)])
    }
  }

  /// The tables of offsets, moved; nil if an offset would not fit.
  private static func patches(
    of file: Data, by distance: Int
  ) throws -> [(place: Int, bytes: [UInt8])]? {
    var patches: [(place: Int, bytes: [UInt8])] = []
    for (name, width) in [("stco", 4), ("co64", 8)] {
      for table in try BMFF.boxes(at: "/moov/trak/mdia/minf/stbl/\(name)", of: file) {
        let start = table.contents + 8
        guard start <= table.range.upperBound else { return nil }
        let count = Int(BigEndian.number(file[start - 4..<start]))
        guard count * width <= table.range.upperBound - start else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * width)
        for index in 0..<count {
          let place = start + index * width
          let offset = BigEndian.number(file[place..<place + width]) + UInt64(distance)
          guard width == 8 || offset <= UInt64(UInt32.max) else { return nil }
          bytes += BigEndian.bytes(offset).suffix(width)
        }
        patches.append((start, bytes))
      }
    }
    return patches.sorted { $0.place < $1.place }
  }
}
