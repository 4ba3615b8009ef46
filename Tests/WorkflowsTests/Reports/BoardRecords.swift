import Foundation
import Testing

@testable import Records
@testable import Workflows

/// The records of a run's only event file, their checksums expected to be right.
func boardRecords(of run: RunFolder) throws -> [[UInt8]] {
  let folder = BoardFile.folder(of: run)
  let names = try FileManager.default.contentsOfDirectory(atPath: folder)
  #expect(names.count == 1, "older files are taken away")
  let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(try #require(names.first))")))
  func number(_ range: Range<Int>) -> UInt64 {
    bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
  var records: [[UInt8]] = []
  var place = 0
  while place < bytes.count {
    let length = Int(number(place..<place + 8))
    #expect(
      number(place + 8..<place + 12) == UInt64(CRC32C.masked(Array(bytes[place..<place + 8]))))
    let data = Array(bytes[place + 12..<place + 12 + length])
    #expect(number(place + 12 + length..<place + 16 + length) == UInt64(CRC32C.masked(data)))
    records.append(data)
    place += 16 + length
  }
  return records
}
