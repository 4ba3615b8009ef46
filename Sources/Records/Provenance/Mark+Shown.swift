import Foundation
public import Media

extension Mark {
  /// The mark of what shows other pictures, or a part of them: that of a trained model where one of their
  /// files bears it, else that of renders, and none for pictures that bear none.
  ///
  /// - Parameter paths: the pictures' files; what cannot be read bears no mark.
  public static func showing(_ paths: [String]) -> Mark? {
    let files = paths.compactMap { FileManager.default.contents(atPath: $0) }
    return [Mark.synthetic(by: Program.name), .rendered(by: Program.name)].first { mark in
      files.contains { $0.range(of: Data(mark.sourceType.utf8)) != nil }
    }
  }
}
