import Foundation
import Records

/// The browsers that may use the server.
///
/// A browser shows the one-time token of an address, or the password, and receives a session key in a
/// cookie. The keys' hashes are stored, so that a restarted server knows them.
actor Sessions {
  private struct Session: Codable {
    let hash: String
    let began: Date
  }

  private let path: String
  private let password: String?
  private var sessions: [Session]
  /// The hash of the token that is valid; nil once it is used.
  private var token: String?

  /// How long a session is valid, in seconds.
  static let lifetime = 30 * 24 * 3600.0
  private static let most = 200

  /// - Parameters:
  ///   - path: the file of the sessions.
  ///   - password: nil if there is none.
  init(at path: String, password: String?) {
    (self.path, self.password) = (path, password)
    let data = FileManager.default.contents(atPath: path)
    sessions = data.flatMap { try? JSONDecoder().decode([Session].self, from: $0) } ?? []
  }

  /// A new one-time token; an unused one becomes invalid.
  func newToken() -> String {
    let token = Sessions.secret()
    self.token = Sessions.hash(of: token)
    return token
  }

  /// Exchanges a one-time token for a session key; nil for a wrong or used one.
  func key(forToken token: String) throws -> String? {
    guard let own = self.token, Sessions.hash(of: token) == own else { return nil }
    self.token = nil
    return try begin()
  }

  /// Exchanges the password for a session key; nil for a wrong one, after a pause against guessing.
  func key(forPassword text: String) async throws -> String? {
    guard isPassword(text) else {
      try await Task.sleep(for: .milliseconds(500))
      return nil
    }
    return try begin()
  }

  /// Whether a text is the password.
  func isPassword(_ text: String) -> Bool {
    password.map { Sessions.hash(of: text) == Sessions.hash(of: $0) } ?? false
  }

  /// Whether a session key is valid.
  func isKnown(_ key: String) -> Bool {
    let hash = Sessions.hash(of: key)
    return sessions.contains {
      $0.hash == hash && -$0.began.timeIntervalSinceNow < Sessions.lifetime
    }
  }

  private func begin() throws -> String {
    let key = Sessions.secret()
    sessions.removeAll { -$0.began.timeIntervalSinceNow >= Sessions.lifetime }
    sessions =
      sessions.suffix(Sessions.most - 1) + [
        Session(hash: Sessions.hash(of: key), began: Date())
      ]
    try Lab.write(try JSONEncoder().encode(sessions), to: path)
    return key
  }

  /// Compared instead of the secrets, so that the time of a comparison tells nothing.
  private static func hash(of text: String) -> String { FileHash.of(text.utf8) }

  /// 192 random bits of the system, in letters and digits that need no encoding.
  private static func secret() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    return String((0..<32).map { _ in digits[Int(random.next() & 63)] })
  }
}
