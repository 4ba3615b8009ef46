import Foundation

/// Manifest stores in JPEG files: APP11 segments (C2PA 2.2, section A.3.1; JPEG XT).
enum JPEGFile {
  /// The longest part of a store in a segment.
  private static let longestPart = 65_000
  /// A segment's head: marker, length, `JP`, box number and packet number.
  private static let headSize = 12
  /// How many segments are read.
  private static let mostSegments = 10_000

  static func store(in file: Data) throws(CredentialsFault) -> EmbeddedStore? {
    var bytes: [UInt8] = []
    var range: Range<Int>?
    var packets = 0
    var number: [UInt8] = []
    for segment in try segments(of: file) where segment.marker == 0xEB {
      let payload = Array(file[segment.range].dropFirst(4))
      guard payload.count >= 16, payload.starts(with: Array("JP".utf8)) else { continue }
      let packet = Int(BigEndian.number(payload[4..<8]))
      if let start = range, Array(payload[2..<4]) == number, packet > 1 {
        guard packet == packets + 1, start.upperBound == segment.range.lowerBound else {
          throw .container("segments of the manifest store are missing or out of order")
        }
        guard payload[8..<16].elementsEqual(bytes[0..<8]) else {
          throw .container("segments of different boxes have one number")
        }
        bytes += payload[16...]
        range = start.lowerBound..<segment.range.upperBound
        packets = packet
      } else if payload.count >= 28, Array(payload[24..<28]) == Array("c2pa".utf8) {
        guard range == nil else { throw .container("it has more than one manifest store") }
        guard packet == 1 else {
          throw .container("segments of the manifest store are missing or out of order")
        }
        number = Array(payload[2..<4])
        bytes = Array(payload[8...])
        (range, packets) = (segment.range, 1)
      }
    }
    return range.map { EmbeddedStore(bytes: bytes, range: $0) }
  }

  /// Where a store goes: after the JFIF head, if there is one.
  static func place(in file: Data) throws(CredentialsFault) -> Int {
    let heads = try segments(of: file).prefix { $0.marker == 0xE0 }
    return heads.last?.range.upperBound ?? file.startIndex + 2
  }

  /// A store as segments.
  static func segments(_ store: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, start) in stride(from: 0, to: store.count, by: longestPart).enumerated() {
      let part = store[start..<min(start + longestPart, store.count)]
      // Each segment repeats the head of the box.
      let repeated = index == 0 ? [] : Array(store[0..<8])
      let length = UInt16(headSize - 2 + repeated.count + part.count)
      bytes += [0xFF, 0xEB] + BigEndian.bytes(length) + Array("JP".utf8) + [0, 1]
      bytes += BigEndian.bytes(UInt32(index + 1)) + repeated + part
    }
    return bytes
  }

  private struct Segment {
    let marker: UInt8
    let range: Range<Int>
  }

  /// The segments up to the scan.
  private static func segments(of file: Data) throws(CredentialsFault) -> [Segment] {
    var segments: [Segment] = []
    var position = file.startIndex + 2
    while position + 4 <= file.endIndex {
      guard file[position] == 0xFF else { throw .container("a JPEG segment is damaged") }
      let marker = file[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return segments }
      if marker == 0x01 || (0xD0...0xD7).contains(marker) {
        position += 2
        continue
      }
      let length = Int(BigEndian.number(file[position + 2..<position + 4]))
      let end = position + 2 + length
      guard length >= 2, end <= file.endIndex else {
        throw .container("a JPEG segment is cut short")
      }
      segments.append(Segment(marker: marker, range: position..<end))
      guard segments.count <= mostSegments else { throw .container("it has too many segments") }
      position = end
    }
    return segments
  }
}
