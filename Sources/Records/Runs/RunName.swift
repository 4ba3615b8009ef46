import Foundation

/// The name of a run, and of its folders in `Labs` and `Checkpoints`.
public struct RunName: Equatable, Sendable, CustomStringConvertible {
  /// The name itself.
  public let description: String

  /// A name given by the user.
  public init(_ name: String) throws(RecordsError) {
    if let reason = RunName.fault(of: name) { throw .badRunName(name: name, reason: reason) }
    description = name
  }

  private static func fault(of name: String) -> String? {
    if name.isEmpty { return "it is empty" }
    if name.hasPrefix(".") || name.hasPrefix("-") { return "it starts with '\(name.prefix(1))'" }
    if name.utf8.count > 100 { return "it is longer than 100 bytes" }
    return name.first { !isPlain($0) }.map { "it contains '\($0)'" }
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }

  /// A folder's name, restricted to the characters of run names.
  public static func tamed(_ part: Substring) -> String {
    let tamed = String(part.prefix(40).map { isPlain($0) ? $0 : "-" })
    let trimmed = tamed.drop { $0 == "." || $0 == "-" }
    return trimmed.isEmpty ? "x" : String(trimmed)
  }
}
