import FlyingFox
import Foundation
import Workflows

/// The WebSocket of the webcam page: a picture comes in, what it shows goes out.
///
/// The page sends a picture only after the reply to the last one. One that sends more is not waited for:
/// of the pictures that have piled up, the newest is looked at.
struct LiveSocket: WSMessageHandler {
  let detection: @Sendable () async throws -> LiveDetection
  let limit: Limit

  private static let mostBytes = 4 << 20

  private struct Failure: Encodable { let error: String }

  func makeMessages(for client: AsyncStream<WSMessage>) async throws -> AsyncStream<WSMessage> {
    let pictures = AsyncStream<Data>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let replies = AsyncStream<WSMessage>.makeStream()
    let reading = Task {
      for await message in client {
        if case .close = message { break }
        guard case .data(let bytes) = message, bytes.count <= LiveSocket.mostBytes else {
          replies.continuation.yield(.close(WSCloseCode(1008, reason: "not a picture")))
          break
        }
        pictures.continuation.yield(bytes)
      }
      pictures.continuation.finish()
    }
    let working = Task {
      defer { limit.leave() }
      do {
        let detection = try await detection()
        for await bytes in pictures.stream {
          replies.continuation.yield(try await LiveSocket.reply(to: bytes, by: detection))
        }
      } catch {
        let text = "\(error)"
        replies.continuation.yield(.text(LiveSocket.json(Failure(error: text))))
      }
      replies.continuation.finish()
    }
    replies.continuation.onTermination = { _ in
      reading.cancel()
      working.cancel()
      pictures.continuation.finish()
    }
    return replies.stream
  }

  private static func reply(to bytes: Data, by detection: LiveDetection) async throws -> WSMessage {
    do {
      return .text(json(try await detection.look(at: [UInt8](bytes))))
    } catch {
      return .text(json(Failure(error: "\(error)")))
    }
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
