import Foundation

/// A ledger read from disk, with its faults.
struct LedgerReading {
  /// The kinds of faults in a ledger.
  enum Fault: Equatable, Sendable {
    /// A line does not match the hash in the next line.
    case changed(line: Int)
    /// Lines are missing.
    case removed(after: Int)
    /// A line is duplicated.
    case repeated(line: Int)
    /// Lines are reordered.
    case reordered(line: Int)
    /// A signature does not match its key.
    case forged(line: Int)
    /// A line was signed with another key than this workspace's.
    case anotherKey(line: Int)
    /// Lines at the end, or all, are unsigned: the run has not ended.
    case unsigned(after: Int)
    /// Lines at the end are missing, according to the run's record.
    case cut(after: Int, of: Int)
    /// The last line is torn, as after a power failure; the others are intact.
    case torn(line: Int)
  }

  /// The complete, readable lines, in order.
  let lines: [LedgerEntry]
  /// The hash of the last complete line; empty if there is none.
  let head: String
  /// True if the file does not end with a line feed.
  let isTorn: Bool
  /// The size of the complete lines in bytes.
  let wholeSize: Int

  private let lineHashes: [String]
  private let unreadable: Int?

  /// The maximum size of a ledger.
  static let largest = 1 << 30

  /// Reads a ledger; nil if there is none.
  ///
  /// - Parameter largest: the maximum size in bytes; a larger file is refused.
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

  /// The last recorded hash of each file, by name.
  var hashes: [String: String] {
    var hashes: [String: String] = [:]
    for line in lines { if let file = line.file { hashes[file] = line.hash } }
    return hashes
  }

  /// The faults, the first one first; empty for an intact ledger that ends with a signature.
  ///
  /// - Parameters:
  ///   - key: the workspace's public key, in base 64.
  ///   - recorded: the number of lines when the run last ended; nil if unknown.
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

  /// The first break in the chain of hashes.
  private var chainFault: Fault? {
    let numbers = lines.map(\.entry)
    if numbers != Array(lines.indices) {
      // The numbers are untrusted: nothing may be allocated by them.
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
