import Foundation
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
    let listener = try Listener(settings.host, settings.port)
    let gate = Gate(host: settings.host, port: listener.port, sessions: sessions)
    let app = WebApp(lab, gate)
    let token = await sessions.newToken()
    await lab.queue.run()
    await lab.index.refresh()
    let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await listener.run { await Connection(socket: $0, app: app).run() } }
      group.addTask { try await self.close(on: interruption) }
      group.addTask { try await self.lab.removeOldUploads() }
      ready("http://\(host):\(listener.port)/?token=\(token)")
      try await group.next()
      group.cancelAll()
    }
  }

  /// Waits for a request to stop, and saves the running job.
  private func close(on interruption: Interruption) async throws {
    while !interruption.isAsked { try await Task.sleep(for: LabServer.interval) }
    let queue = lab.queue
    let hurry = Task {
      while !interruption.isUrgent { try await Task.sleep(for: LabServer.interval) }
      await queue.hurry()
    }
    await queue.close()
    hurry.cancel()
  }

  private static let interval = Duration.milliseconds(100)
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
