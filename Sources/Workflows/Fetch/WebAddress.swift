import Foundation
import Records

/// The address of a page or file on the web, `http` or `https`.
public struct WebAddress: Equatable, Sendable, CustomStringConvertible {
  /// The normalized address, without a fragment.
  public let description: String
  /// The host in ASCII; an IPv6 address is in brackets.
  let host: String
  let port: Int

  /// The maximum length in characters.
  private static let longest = 2000

  /// An address that a user gives.
  public init(_ text: String) throws(FetchError) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count <= WebAddress.longest, let parts = URLComponents(string: text) else {
      throw .badAddress(String(text.prefix(100)))
    }
    try self.init(parts, as: text)
  }

  private init(_ parts: URLComponents, as text: String) throws(FetchError) {
    let bad = FetchError.badAddress(String(text.prefix(100)))
    guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.encodedHost?.lowercased(), WebAddress.isHost(host),
      parts.user == nil, parts.password == nil, (1...65_535).contains(parts.port ?? 80)
    else { throw bad }
    var normal = URLComponents()
    (normal.scheme, normal.encodedHost, normal.port) = (scheme, host, parts.port)
    normal.percentEncodedPath = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    normal.percentEncodedQuery = parts.percentEncodedQuery
    guard let description = normal.string,
      description.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw bad }
    (self.description, self.host) = (description, host)
    port = parts.port ?? (scheme == "https" ? 443 : 80)
  }

  /// A name, an IPv4 address, or an IPv6 address in brackets without a zone.
  private static func isHost(_ host: String) -> Bool {
    if host.hasPrefix("[") {
      return host.hasSuffix("]") && NetworkAddress(String(host.dropFirst().dropLast())) != nil
    }
    return !host.isEmpty && host.utf8.count <= 253
      && host.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "-._".utf8.contains(byte)
      }
  }

  /// The address that a redirection leads to.
  ///
  /// - Parameter location: absolute, or relative to this address.
  func redirected(to location: String) throws(FetchError) -> WebAddress {
    guard let base = URL(string: description),
      let target = URL(string: location, relativeTo: base)?.absoluteURL,
      target.absoluteString.count <= WebAddress.longest,
      let parts = URLComponents(url: target, resolvingAgainstBaseURL: true)
    else { throw .badAddress(String(location.prefix(100))) }
    return try WebAddress(parts, as: location)
  }

  /// What a file from there is called: the last component of the path, or the host.
  public var fileName: String {
    let path = URLComponents(string: description)?.path ?? "/"
    let last = path.split(separator: "/").last.map(String.init)
    return FileName.tamed(last ?? host.replacing(".", with: "-"))
  }

  /// The numeric addresses of the host.
  ///
  /// - Parameter allowsLocal: whether they may be those of this machine and its networks.
  func resolved(allowsLocal: Bool) throws(FetchError) -> [NetworkAddress] {
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    let found = Host(name: name).addresses
    guard !found.isEmpty else { throw .unknownHost(host) }
    let addresses = found.compactMap(NetworkAddress.init)
    guard allowsLocal || (addresses.count == found.count && addresses.allSatisfy(\.isPublic)),
      !addresses.isEmpty
    else { throw .localAddress(description) }
    // Servers with both kinds of addresses are reached by IPv4 everywhere.
    return addresses.sorted { $0.bytes.count < $1.bytes.count }
  }
}
