import Credentials
import Engine
import Foundation

/// `shard.json`: what a shard is a part of, and whether it is finished.
///
/// The shards of one whole have equal records, but for their numbers.
public struct ShardRecord: Codable, Equatable, Sendable {
  /// The name in the shard's folder.
  public static let name = "shard.json"

  /// The kind of the command, such as `augment`.
  public let command: String
  /// The program's name and version.
  public let program: String
  public let shard: Shard
  /// The number of items of all shards together.
  public let items: Int
  /// The SHA-256 of what the data are known by.
  public let data: String
  /// The values of the options that determine the result, by option.
  public let settings: [String: String]
  /// The SHA-256 of the certificates that sign its pictures.
  public let signer: String
  public private(set) var isFinished = false

  enum CodingKeys: String, CodingKey {
    case command, program, shard, items, data, settings, signer
    case isFinished = "finished"
  }

  /// - Parameters:
  ///   - items: the number of items of all shards together.
  ///   - data: what the data are known by, the same on all machines.
  ///   - names: options that do not determine the result, or whose effect is part of `data`.
  ///   - workspace: whose certificates sign the pictures.
  public init<Request: RunRequest>(
    _ shard: Shard, of request: Request, items: Int, data: [String], except names: Set<String>,
    in workspace: Workspace?
  ) throws {
    (command, program, self.shard) = (Request.command, Program.name, shard)
    (self.items, self.data) = (items, FileHash.of(Array(data.joined(separator: "\n").utf8)))
    settings = Dictionary(
      request.choices(except: names.union(["shard"])).map { ($0.option, $0.value) },
      uniquingKeysWith: { $1 })
    signer = FileHash.of(Array(try CredentialsStore.signer(of: workspace).chain.utf8))
  }

  /// The record of a shard's folder; nil if there is none.
  public static func read(in folder: String) throws(RecordsError) -> ShardRecord? {
    let path = "\(folder)/\(name)"
    guard let data = try RunFolder.contents(of: path, most: 1 << 20) else { return nil }
    guard let record = try? JSONDecoder().decode(ShardRecord.self, from: data), record.items >= 0,
      record.items < 1 << 40
    else { throw .unreadable(path: path, reason: "not the record of a shard") }
    return record
  }

  /// True for the folder of a shard, whose faces or samples are those of the whole, too.
  static func isThere(in folder: String) -> Bool { FileKind.isThere("\(folder)/\(name)") }

  /// Writes the record of a shard that has begun, or is finished.
  public mutating func write(in folder: String, isFinished: Bool) throws {
    self.isFinished = isFinished
    try WholeFile.write(try JSONText.pretty(self), to: "\(folder)/\(ShardRecord.name)")
  }

  /// Why a folder cannot be resumed as a shard, or as a whole; nil if it can.
  ///
  /// - Parameter shard: nil for a whole.
  public static func obstacle(
    to shard: ShardRecord?, in folder: String
  ) throws(RecordsError) -> String? {
    let old = try read(in: folder)
    guard let old else {
      let isEmpty = try RunFolder.things(in: folder).isEmpty
      return shard == nil || isEmpty ? nil : "it is not a shard"
    }
    guard let shard else { return "it is a shard" }
    guard old.shard == shard.shard else { return "it is shard \(old.shard)" }
    return old.difference(from: shard, names: ("it", "this run"))
  }

  /// How a shard differs from one that it cannot be joined with, as a clause; nil if it can.
  ///
  /// - Parameter names: what the two are called.
  public func difference(
    from other: ShardRecord, names: (own: String, other: String)
  ) -> String? {
    func differ(_ own: String, _ others: String) -> String? {
      own == others ? nil : "\(names.own) was made \(own), but \(names.other) \(others)"
    }
    func choice(_ option: String, _ value: String?) -> String {
      value.map { "with \(option) \($0)" } ?? "without \(option)"
    }
    if let difference = differ("by 'dflab \(command)'", "by 'dflab \(other.command)'")
      ?? differ("by \(program)", "by \(other.program)")
      ?? differ("as one of \(shard.count) shards", "as one of \(other.shard.count) shards")
    {
      return difference
    }
    for option in Set(settings.keys).union(other.settings.keys).sorted() {
      let values = (choice(option, settings[option]), choice(option, other.settings[option]))
      if let difference = differ(values.0, values.1) { return difference }
    }
    guard data == other.data, items == other.items else {
      return "\(names.own) was made from other data than \(names.other)"
    }
    return signer == other.signer
      ? nil : "\(names.own) was signed with another key than \(names.other)"
  }
}
