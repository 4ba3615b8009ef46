import Foundation
public import Media

extension Mark {
  /// The mark of a picture that shows other pictures or parts of them: that of a trained model if
  /// any of the files has it, otherwise that of composites or renders, or none if all are unmarked.
  ///
  /// - Parameters:
  ///   - paths: the files of pictures or videos; unreadable ones count as unmarked. A single one becomes
  ///     the ingredient of what shows it, with its credentials.
  ///   - target: the file that bears the mark, or its folder.
  public static func showing(
    _ paths: [String], at target: String, in workspace: Workspace? = nil
  ) throws(MediaError) -> Mark? {
    let origins = Set(paths.compactMap(MarkedSource.origin))
    guard let origin = MediaOrigin.allCases.first(where: origins.contains) else { return nil }
    let parent = paths.count == 1 ? paths[0] : nil
    return try Mark(origin, at: target, in: workspace, from: MarkSources(parent: parent))
  }
}
