import FlyingFox
import FlyingSocks
import Glibc
import Synchronization

/// Where the server listens.
enum ListeningAddress {
  /// An upload may take this many seconds.
  private static let longestRequest = 24 * 3600.0

  /// The configuration for an IP address and a port.
  static func configuration(
    _ host: String, _ port: UInt16
  ) throws -> HTTPServer.Configuration {
    if host.contains(":") {
      guard let address = try? sockaddr_in6.inet6(ip6: host, port: port) else {
        throw ServerError.badHost(host)
      }
      return configuration(address)
    }
    guard let address = try? sockaddr_in.inet(ip4: host, port: port) else {
      throw ServerError.badHost(host)
    }
    return configuration(address)
  }

  private static func configuration(_ address: some SocketAddress) -> HTTPServer.Configuration {
    HTTPServer.Configuration(
      address: address, timeout: longestRequest,
      sharedRequestBufferSize: RequestBody.mostKept, sharedRequestReplaySize: RequestBody.mostKept,
      logger: .disabled)
  }
}

extension Socket.Address {
  /// The port; nil for the address of a file.
  var port: UInt16? {
    switch self {
    case .ip4(_, let port), .ip6(_, let port): port
    case .unix: nil
    }
  }
}

/// A handler that is set once the server listens.
final class LateHandler: HTTPHandler {
  private let bridge = Mutex<Bridge?>(nil)

  func set(_ bridge: Bridge) { self.bridge.withLock { $0 = bridge } }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard let bridge = bridge.withLock({ $0 }) else {
      return HTTPResponse(statusCode: .serviceUnavailable)
    }
    return try await bridge.handleRequest(request)
  }
}
