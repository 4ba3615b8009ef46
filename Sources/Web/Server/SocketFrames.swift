import FlyingSocks
import Foundation

/// The frames of a WebSocket (RFC 6455), with bounds.
struct SocketFrames {
  let reader: SocketReader
  let socket: AsyncSocket

  /// The maximum length of a message.
  private static let longest = 4 << 20

  private enum Code: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10
  }

  /// The next binary message; nil at the end, or for what is not allowed.
  func message() async throws -> Data? {
    var message = Data()
    var isBegun = false
    while true {
      let head = try await reader.bytes(exactly: 2)
      let length = try await length(head[1] & 0x7F)
      guard let code = Code(rawValue: head[0] & 0x0F), head[0] & 0x70 == 0, head[1] & 0x80 != 0,
        length <= SocketFrames.longest - message.count
      else { return try await close(1009) }
      let mask = try await reader.bytes(exactly: 4)
      var bytes = try await reader.bytes(exactly: length)
      for index in bytes.indices { bytes[index] ^= mask[index & 3] }
      let isLast = head[0] & 0x80 != 0
      switch code {
      case .binary where !isBegun, .continuation where isBegun:
        message.append(contentsOf: bytes)
        isBegun = true
        if isLast { return message }
      case .ping where isLast && length <= 125: try await send(.pong, Data(bytes))
      case .pong: continue
      case .close: return try await close(1000)
      case .binary, .continuation, .text, .ping: return try await close(1003)
      }
    }
  }

  /// Sends a text.
  func send(_ text: String) async throws { try await send(.text, Data(text.utf8)) }

  private func close(_ reason: UInt16) async throws -> Data? {
    try await send(.close, Data([UInt8(reason >> 8), UInt8(reason & 0xFF)]))
    return nil
  }

  private func length(_ short: UInt8) async throws -> Int {
    let count = short == 126 ? 2 : short == 127 ? 8 : 0
    guard count > 0 else { return Int(short) }
    let bytes = try await reader.bytes(exactly: count)
    // Lengths that an integer does not hold are too long.
    guard bytes[0] & 0x80 == 0 || count == 2 else { return Int.max }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private func send(_ code: Code, _ bytes: Data) async throws {
    var frame = Data([0x80 | code.rawValue])
    switch bytes.count {
    case ...125: frame.append(UInt8(bytes.count))
    case ...0xFFFF:
      frame.append(contentsOf: [126, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)])
    default:
      frame.append(127)
      frame.append(contentsOf: (0..<8).reversed().map { UInt8(bytes.count >> ($0 * 8) & 0xFF) })
    }
    try await socket.write(frame + bytes)
  }
}
