import FlyingFox
import FlyingSocks
import Foundation
import Glibc
public import Records

/// Serves a workspace to browsers.
public final class LabServer: Sendable {
  private let lab: Lab
  private let sessions: Sessions
  private let lock: RunLock

  /// - Parameter program: the path of `dflab`, which jobs are carried out by.
  public init(
    _ workspace: Workspace, _ settings: ServerSettings = ServerSettings(), program: String
  ) throws {
    let own = try Lab.madeFolder(in: workspace)
    lock = try RunLock(at: "\(own)/.lock") { .folderInUse(path: workspace.path, process: $0) }
    lab = try Lab(workspace, settings, program: program)
    sessions = Sessions(at: "\(own)/sessions.json", password: settings.password)
  }

  /// Serves until `interruption` asks to stop; jobs are saved then.
  ///
  /// - Parameter ready: receives the address, with a one-time token, once it can be opened.
  public func run(
    _ interruption: Interruption, ready: @escaping @Sendable (String) -> Void
  ) async throws {
    let settings = lab.settings
    // The handler learns the port once the system has chosen it.
    let handler = LateHandler()
    let server = HTTPServer(
      config: try ListeningAddress.configuration(settings.host, settings.port), handler: handler)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await server.run()
        } catch {
          if !interruption.isAsked { throw LabServer.fault(of: error, at: settings) }
        }
      }
      group.addTask {
        try await server.waitUntilListening()
        let port = await server.listeningAddress?.port ?? settings.port
        let gate = Gate(host: settings.host, port: port, sessions: self.sessions)
        handler.set(Bridge(app: WebApp(self.lab, gate)))
        await self.lab.queue.run()
        let token = await self.sessions.newToken()
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        ready("http://\(host):\(port)/?token=\(token)")
        try await self.close(server, on: interruption)
      }
      try await group.next()
      group.cancelAll()
    }
  }

  /// Waits for a request to stop, and stops: first the running job, which is saved.
  private func close(_ server: HTTPServer, on interruption: Interruption) async throws {
    while !interruption.isAsked { try await Task.sleep(for: LabServer.interval) }
    let queue = lab.queue
    let hurry = Task {
      while !interruption.isUrgent { try await Task.sleep(for: LabServer.interval) }
      await queue.hurry()
    }
    await queue.close()
    hurry.cancel()
    await server.stop()
  }

  private static let interval = Duration.milliseconds(100)

  private static func fault(of error: any Error, at settings: ServerSettings) -> any Error {
    guard case .failed(_, let number, _)? = error as? SocketError else { return error }
    return ServerError.unavailable(
      host: settings.host, port: settings.port, reason: reason(of: number))
  }

  private static func reason(of number: Int32) -> String {
    switch number {
    case EADDRINUSE: "the port is in use"
    case EACCES: "the port is reserved for the system"
    case EADDRNOTAVAIL: "this machine does not have the address"
    default: "error \(number)"
    }
  }
}

/// Why the lab cannot be served.
public enum ServerError: Error, Equatable, CustomStringConvertible {
  /// The address cannot be listened at.
  case unavailable(host: String, port: UInt16, reason: String)
  /// The host is not an IP address.
  case badHost(String)
  /// Another machine could reach the lab without a password.
  case openToOthers(host: String)

  public var description: String {
    switch self {
    case .unavailable(let host, let port, let reason):
      "Cannot listen at \(host):\(port): \(reason). Choose another port with --port."
    case .badHost(let host):
      "'\(host)' is not an IP address. Give --host an address of this machine, such as 127.0.0.1."
    case .openToOthers(let host):
      "At \(host), other machines can reach the lab, and need a password. Give one with --password-file."
    }
  }
}
