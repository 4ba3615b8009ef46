import Foundation
import Media
public import Records

/// Downloads pictures and videos from the web into a folder.
///
/// Each redirection is a request of its own, to the very address that was checked: so a name that
/// suddenly leads elsewhere cannot reach a machine that it must not. `curl` does the transfer, because
/// libav's `http` resolves names and follows redirections itself, and Foundation's networking needs
/// libcurl, which cannot be linked statically.
public struct Fetch {
  private let folder: String
  private let most: Int
  private let allowsLocal: Bool
  private let interruption: Interruption
  private let report: (FetchEvent) -> Void

  private static let mostRedirections = 5
  /// The maximum time of a transfer, in seconds.
  private static let patience = 3600.0

  /// - Parameters:
  ///   - folder: made if there is none; a file of the same name is replaced.
  ///   - megabytes: the maximum size of each file.
  ///   - allowsLocal: whether addresses may lead to this machine and its networks.
  ///   - interruption: asks to stop early.
  ///   - report: receives events, on the calling thread.
  public init(
    into folder: String, megabytes: Int, allowsLocal: Bool,
    interruption: Interruption = Interruption(), report: @escaping (FetchEvent) -> Void = { _ in }
  ) {
    (self.folder, most, self.allowsLocal) = (folder, megabytes << 20, allowsLocal)
    (self.interruption, self.report) = (interruption, report)
  }

  /// Downloads some files, one after the other.
  ///
  /// - Returns: their paths; fewer if it was interrupted.
  public func files(of addresses: [WebAddress]) throws -> [String] {
    try RunFolder.make(folder)
    var paths: [String] = []
    for address in addresses {
      guard let path = try file(of: address, besides: paths) else { break }
      paths.append(path)
    }
    return paths
  }

  /// Downloads one file; nil if it was interrupted.
  private func file(of address: WebAddress, besides others: [String]) throws -> String? {
    let part = "\(folder)/.part"
    defer { try? FileManager.default.removeItem(atPath: part) }
    guard let head = try answer(to: address, into: part) else { return nil }
    if let kind = try? MediaKind(of: part) {
      let ending = kind == .picture ? "picture" : "mp4"
      return try keep(part, as: address.fileName, ending: ending, besides: others)
    }
    guard head.isPage else { throw FetchError.otherKind("\(address)", type: head.type) }
    guard let finder = ChildProgram("yt-dlp") else { throw FetchError.page("\(address)") }
    return try video(in: address, by: finder, besides: others)
  }

  /// Moves a finished file to a name that no other has.
  private func keep(
    _ part: String, as name: String, ending: String, besides others: [String]
  ) throws -> String {
    let stem = (name as NSString).deletingPathExtension
    let known = (name as NSString).pathExtension
    let last = known.isEmpty ? ending : known
    let names = ["\(stem).\(last)"] + (2...1000).lazy.map { "\(stem)-\($0).\(last)" }
    let path = names.lazy.map { "\(self.folder)/\($0)" }.first { !others.contains($0) }
    guard let path else { throw RecordsError.unwritable(path: folder, reason: "too many files") }
    if FileKind.isThere(path) { try RunFolder.remove(path) }
    try FileManager.default.moveItem(atPath: part, toPath: path)
    return path
  }

  /// Follows an address to a file; nil if it was interrupted.
  private func answer(to address: WebAddress, into part: String) throws -> AnswerHead? {
    guard let curl = ChildProgram("curl") else { throw FetchError.missingProgram("curl") }
    var address = address
    for _ in 0...Fetch.mostRedirections {
      guard let head = try transfer(address, into: part, by: curl) else { return nil }
      if let location = head.location {
        address = try address.redirected(to: location)
      } else if head.status == 200 {
        return head
      } else {
        throw FetchError.refused("\(address)", status: head.status)
      }
    }
    throw FetchError.redirections("\(address)", most: Fetch.mostRedirections)
  }

  /// Makes one request; nil if it was interrupted.
  private func transfer(
    _ address: WebAddress, into part: String, by curl: ChildProgram
  ) throws -> AnswerHead? {
    let target = try address.resolved(allowsLocal: allowsLocal)[0]
    let numeric = target.bytes.count == 16 ? "[\(target)]" : "\(target)"
    let file = "\(folder)/.head"
    defer { try? FileManager.default.removeItem(atPath: file) }
    for path in [part, file] where FileKind.isThere(path) { try RunFolder.remove(path) }
    let arguments = [
      // Without the user's settings, which come first, and without a proxy, which would resolve names itself.
      "--disable", "--silent", "--show-error", "--globoff", "--noproxy", "*",
      "--proto", "=http,https", "--max-redirs", "0",
      // Whatever host curl understands, it connects to the address that was checked.
      "--connect-to", "::\(numeric):\(address.port)",
      "--connect-timeout", "20", "--speed-limit", "1000", "--speed-time", "30",
      "--max-filesize", "\(most)", "--user-agent", Program.name.replacing(" ", with: "/"),
      "--dump-header", file, "--output", part, "\(address)",
    ]
    let name = address.fileName
    var told = 0
    let end = try curl.run(
      arguments, mostBytes: most, seconds: Fetch.patience, in: folder
    ) {
      let size = ChildProgram.size(of: part) >> 20
      if size > told {
        told = size
        let length = AnswerHead(at: file)?.length
        report(.megabytes(size, of: length.map { $0 >> 20 }, what: name))
      }
      return interruption.isAsked
    }
    guard !interruption.isAsked else { return nil }
    // 63: curl's own check of the announced length.
    guard !end.isTooLarge, end.code != 63 else {
      throw FetchError.tooLarge("\(address)", most: most >> 20)
    }
    guard end.code == 0, let head = AnswerHead(at: file) else {
      throw FetchError.failed("\(address)", reason: Fetch.reason(end.message))
    }
    return head
  }

  /// Looks for the video of a page; nil if it was interrupted.
  private func video(
    in address: WebAddress, by finder: ChildProgram, besides others: [String]
  ) throws -> String? {
    report(.looking(what: "\(address)"))
    let place = "\(folder)/.video"
    if FileKind.isThere(place) { try RunFolder.remove(place) }
    defer { try? FileManager.default.removeItem(atPath: place) }
    let page = PageVideo(
      finder: finder, most: most, seconds: Fetch.patience, allowsLocal: allowsLocal)
    let found = try page.download(address, into: place) { interruption.isAsked }
    guard let found else { return nil }
    return try keep(
      found, as: "\((address.fileName as NSString).deletingPathExtension)",
      ending: (found as NSString).pathExtension, besides: others)
  }

  /// A program's message as a part of a sentence: without its name and a number before, and the final
  /// period.
  static func reason(_ message: String) -> String {
    let text = message.replacing(#/^(curl: \(\d+\)|ERROR:) /#, with: "")
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
