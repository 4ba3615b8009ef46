import FlyingSocks
import Foundation

/// Reads a connection's bytes, with bounds. A connection is read by one task at a time.
actor SocketReader {
  private let socket: AsyncSocket
  private var buffer: [UInt8] = []
  private var start = 0

  private static let chunk = 1 << 16
  private static let blankLine: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

  /// The connection has ended, or what it sends is too long.
  enum Fault: Error { case ended, tooLong }

  init(_ socket: AsyncSocket) { self.socket = socket }

  /// The bytes up to the next blank line, without it; nil if the connection ends before.
  ///
  /// - Parameter most: the maximum number of bytes.
  func head(most: Int) async throws -> [UInt8]? {
    var looked = start
    while true {
      let from = max(start, looked - SocketReader.blankLine.count)
      if let end = blankLine(from: from) {
        defer { start = end + SocketReader.blankLine.count }
        return Array(buffer[start..<end])
      }
      guard buffer.count - start <= most else { throw Fault.tooLong }
      looked = buffer.count - start
      do {
        try await fill()
      } catch Fault.ended {
        return nil
      }
      // `fill` has moved what was left to the beginning.
    }
  }

  private func blankLine(from: Int) -> Int? {
    let blank = SocketReader.blankLine
    guard buffer.count - from >= blank.count else { return nil }
    for index in from...(buffer.count - blank.count)
    where buffer[index] == blank[0] && buffer[index + 1] == blank[1]
      && buffer[index + 2] == blank[2] && buffer[index + 3] == blank[3]
    {
      return index
    }
    return nil
  }

  /// A line that ends with CR LF, without these.
  func line(most: Int) async throws -> [UInt8] {
    var line: [UInt8] = []
    while line.suffix(2) != [0x0D, 0x0A] {
      guard line.count < most + 2 else { throw Fault.tooLong }
      line += try await bytes(most: 1)
    }
    return line.dropLast(2)
  }

  /// The next bytes: at least one, at most so many.
  func bytes(most: Int) async throws -> [UInt8] {
    if start == buffer.count { try await fill() }
    let end = min(buffer.count, start + most)
    defer { start = end }
    return Array(buffer[start..<end])
  }

  /// Exactly so many bytes.
  func bytes(exactly count: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += try await self.bytes(most: count - bytes.count) }
    return bytes
  }

  /// Waits for more bytes.
  private func fill() async throws {
    let more: [UInt8]
    do {
      more = try await socket.read(atMost: SocketReader.chunk)
    } catch is SocketError {
      throw Fault.ended
    }
    guard !more.isEmpty else { throw Fault.ended }
    buffer = Array(buffer[start...]) + more
    start = 0
  }
}
