import FlyingSocks
import Foundation
import Glibc

/// Listens at an address, and hands on connections.
struct Listener: Sendable {
  private let socket: Socket
  let port: UInt16

  /// The maximum number of connections.
  private static let most = 512

  /// Opens a port.
  ///
  /// - Parameters:
  ///   - host: an IP address of this machine.
  ///   - port: 0 for a free one.
  init(_ host: String, _ port: UInt16) throws {
    func listening(_ address: some SocketAddress) throws -> Socket {
      let socket = try Socket(domain: Int32(type(of: address).family))
      try socket.setValue(true, for: .localAddressReuse)
      do {
        try socket.bind(to: address)
        try socket.listen()
      } catch {
        try? socket.close()
        throw Listener.fault(of: error, host, port)
      }
      return socket
    }
    if host.contains(":") {
      guard let address = try? sockaddr_in6.inet6(ip6: host, port: port) else {
        throw ServerError.badHost(host)
      }
      socket = try listening(address)
    } else {
      guard let address = try? sockaddr_in.inet(ip4: host, port: port) else {
        throw ServerError.badHost(host)
      }
      socket = try listening(address)
    }
    switch try socket.sockname() {
    case .ip4(_, let port), .ip6(_, let port): self.port = port
    case .unix: self.port = port
    }
  }

  /// Hands on connections until the task is cancelled.
  func run(_ handle: @escaping @Sendable (AsyncSocket) async -> Void) async throws {
    let pool = SocketPool<ePoll>.ePoll()
    try await pool.prepare()
    let listening = try AsyncSocket(socket: socket, pool: pool)
    let limit = Limit(Listener.most)
    defer { try? socket.close() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      group.addTask {
        try await withThrowingDiscardingTaskGroup { connections in
          for try await connection in listening.sockets {
            guard limit.enter() else {
              try? connection.close()
              continue
            }
            // What is written is complete, and need not wait for more.
            try? connection.socket.setValue(true, for: .noDelay)
            connections.addTask {
              await handle(connection)
              limit.leave()
            }
          }
        }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private static func fault(of error: any Error, _ host: String, _ port: UInt16) -> any Error {
    guard case .failed(_, let number, _)? = error as? SocketError else { return error }
    let reason =
      switch number {
      case EADDRINUSE: "the port is in use"
      case EACCES: "the port is reserved for the system"
      case EADDRNOTAVAIL: "this machine does not have the address"
      default: "error \(number)"
      }
    return ServerError.unavailable(host: host, port: port, reason: reason)
  }
}

extension SocketOption where Self == BoolSocketOption {
  /// Whether small writes are sent at once.
  fileprivate static var noDelay: Self {
    BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY)
  }
}
