import Foundation
public import Media

extension Mark {
  /// The mark of a picture that shows other pictures or parts of them: that of a trained model if
  /// any of the files has it, otherwise that of renders, or none if all are unmarked.
  ///
  /// - Parameter paths: the pictures' files; unreadable ones count as unmarked.
  public static func showing(_ paths: [String]) -> Mark? {
    let files = paths.compactMap { FileManager.default.contents(atPath: $0) }
    return [Mark.synthetic(by: Program.name), .rendered(by: Program.name)].first { mark in
      files.contains { $0.range(of: Data(mark.sourceType.utf8)) != nil }
    }
  }
}
