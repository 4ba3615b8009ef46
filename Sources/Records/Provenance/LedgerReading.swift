import Foundation

/// A ledger as it lies on the disk, and what is wrong with it.
struct LedgerReading {
  /// What a ledger can suffer; each is told apart from the others.
  enum Fault: Equatable, Sendable {
    /// The bytes of a line are not those that the next line knows.
    case changed(line: Int)
    /// Lines are not there.
    case removed(after: Int)
    /// A line stands there a second time.
    case repeated(line: Int)
    /// Lines stand in another order.
    case reordered(line: Int)
    /// A signature is not that of the key that it names.
    case forged(line: Int)
    /// Another key than this workspace's has signed.
    case anotherKey(line: Int)
    /// Lines at the end, or all, are not signed: the run has not ended.
    case unsigned(after: Int)
    /// Lines at the end are not there that the run's record knows of.
    case cut(after: Int, of: Int)
    /// The last line is torn, as a power cut leaves it; the others are as they were written.
    case torn(line: Int)
  }

  /// The whole lines that can be read, in the file's order.
  let lines: [LedgerEntry]
  /// The hash of the last whole line; empty without one.
  let head: String
  /// True when the file does not end with a line's end.
  let isTorn: Bool
  /// How many bytes the whole lines take.
  let wholeSize: Int

  private let lineHashes: [String]
  private let unreadable: Int?

  /// Longer ledgers are refused.
  static let largest = 1 << 30

  /// Reads a ledger; nil if there is none.
  ///
  /// - Parameter largest: how many bytes are read at most; a longer file is refused.
  init?(of path: String, largest: Int = LedgerReading.largest) throws(RecordsError) {
    guard let data = try RunFolder.contents(of: path, most: largest + 1) else { return nil }
    guard data.count <= largest else {
      throw .unreadable(path: path, reason: "the file is too large")
    }
    let parts = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    let whole = parts.dropLast()
    isTorn = !(parts.last?.isEmpty ?? true)
    wholeSize = data.count - (parts.last?.count ?? 0)
    let decoder = JSONDecoder()
    let decoded = whole.map { try? decoder.decode(LedgerEntry.self, from: $0) }
    unreadable = decoded.firstIndex { $0 == nil }
    lines = decoded.compactMap { $0 }
    lineHashes = whole.map { FileHash.of($0) }
    head = lineHashes.last ?? ""
  }

  /// What the files hashed to when they were last noted, by name.
  var hashes: [String: String] {
    var hashes: [String: String] = [:]
    for line in lines { if let file = line.file { hashes[file] = line.hash } }
    return hashes
  }

  /// What is wrong, the first thing first; empty for a ledger that ends with a signature and is as
  /// it was written.
  ///
  /// - Parameters:
  ///   - key: the public half of the workspace's key, in base 64.
  ///   - recorded: how many lines there were when the run last ended; nil where nobody knows.
  func faults(key: String?, recorded: Int? = nil) -> [Fault] {
    if let unreadable { return [.changed(line: unreadable)] }
    var faults: [Fault] = chainFault.map { [$0] } ?? []
    let (there, known) = (lines.count + (isTorn ? 1 : 0), recorded ?? 0)
    let isCut = faults.isEmpty && there < known
    if isCut { faults.append(.cut(after: there, of: known)) }
    var signed = -1
    for (index, line) in lines.enumerated() {
      guard let signature = line.signature, let owner = line.key else { continue }
      signed = index
      if !LabKey.isSignature(signature, of: line.signedText, by: owner) {
        faults.append(.forged(line: index))
      } else if owner != key {
        faults.append(.anotherKey(line: index))
      }
    }
    if isTorn { faults.append(.torn(line: lines.count)) }
    if !isCut, signed < lines.count - 1 || lines.isEmpty { faults.append(.unsigned(after: signed)) }
    return faults
  }

  /// The first place at which the chain of hashes breaks, and how.
  private var chainFault: Fault? {
    let numbers = lines.map(\.entry)
    if numbers != Array(lines.indices) {
      // The numbers are the file's own word: nothing may be made as large as they say.
      if numbers.sorted() == Array(lines.indices) {
        let first = numbers.indices.first { numbers[$0] != $0 }
        return .reordered(line: first ?? 0)
      }
      var seen: Set<Int> = []
      if let second = numbers.firstIndex(where: { !seen.insert($0).inserted }) {
        return .repeated(line: second)
      }
      let first = numbers.indices.first { numbers[$0] != $0 }
      return .removed(after: (first ?? 0) - 1)
    }
    var previous = ""
    for (index, line) in lines.enumerated() {
      if line.previous != previous { return .changed(line: max(index - 1, 0)) }
      previous = lineHashes[index]
    }
    return nil
  }
}
