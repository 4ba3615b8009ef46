import Foundation
import Records

extension Workspace {
  /// The path, from the root, of a file that a request names: inside `Datasets`, `Checkpoints` or `Labs`,
  /// without hidden files.
  func path(ofShown components: [String]) throws(WebFault) -> String {
    guard components.count > 1, Workspace.parts.contains(components[0]),
      components.allSatisfy({ !$0.hasPrefix(".") && !$0.contains("/") && !$0.isEmpty })
    else { throw .notFound }
    return "\(path)/\(components.joined(separator: "/"))"
  }

  /// A path that a form names, from the root.
  ///
  /// - Throws: if it does not lie in `Datasets`, `Checkpoints` or `Labs`, nor among uploads.
  func path(ofForm text: String) throws(WebFault) -> String {
    let whole = URL(filePath: text.hasPrefix("/") ? text : "\(path)/\(text)").standardized.path
    let inside = whole.hasPrefix("\(path)/") ? String(whole.dropFirst(path.count + 1)) : ""
    let parts = inside.split(separator: "/").map(String.init)
    let isUpload = whole.hasPrefix("\(Lab.folder(in: self))/uploads/")
    let isShown =
      Workspace.parts.contains(parts.first ?? "") && !parts.contains { $0.hasPrefix(".") }
    guard isUpload || isShown else {
      throw WebFault(
        .unprocessableContent,
        "'\(text)' is not in the workspace. In the browser, files must be in Datasets, Checkpoints or Labs; use the terminal for others."
      )
    }
    return whole
  }
}
