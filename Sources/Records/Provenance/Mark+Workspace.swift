import Credentials
import Foundation
public import Media

extension Mark {
  /// The mark of files made by a trained model as a whole, signed by a workspace.
  ///
  /// - Parameters:
  ///   - path: a file that bears the mark, or its folder.
  ///   - workspace: nil for that of the path.
  ///   - sources: the files that it was edited from, and parts come from.
  public static func synthetic(
    at path: String, in workspace: Workspace? = nil, from sources: MarkSources = MarkSources()
  ) throws(MediaError) -> Mark {
    try Mark(.trained, at: path, in: workspace, from: sources)
  }

  /// The mark of pictures and videos of which a trained model made a part.
  public static func composite(
    at path: String, in workspace: Workspace? = nil, from sources: MarkSources = MarkSources()
  ) throws(MediaError) -> Mark {
    try Mark(.composite, at: path, in: workspace, from: sources)
  }

  /// The mark of files rendered without a trained model.
  public static func rendered(
    at path: String, in workspace: Workspace? = nil
  ) throws(MediaError) -> Mark {
    try Mark(.rendered, at: path, in: workspace, from: MarkSources())
  }

  init(
    _ origin: MediaOrigin, at path: String, in workspace: Workspace?, from sources: MarkSources
  ) throws(MediaError) {
    do {
      let signer = try CredentialsStore.signer(of: workspace ?? Workspace.of(path))
      self.init(
        origin, by: Program.name,
        sealedBy: CredentialsSeal(signer: signer, ingredients: try sources.ingredients))
    } catch {
      throw .unsigned(reason: "\(error)")
    }
  }
}

/// The files that a marked one was made from.
public struct MarkSources: Equatable, Sendable {
  /// The file that was edited.
  public var parent: String?
  /// The files that parts come from.
  public var parts: [String]

  public init(parent: String? = nil, parts: [String] = []) {
    (self.parent, self.parts) = (parent, parts)
  }

  /// The files by their hashes, with the credentials that they carry; addresses of the network are left
  /// out.
  var ingredients: [CredentialsIngredient] {
    get throws {
      let all = (parent.map { [($0, true)] } ?? []) + parts.map { ($0, false) }
      return try all.filter { FileKind.isThere($0.0) && !Workspace.isFolder($0.0) }.map {
        try MarkedSource.ingredient($0, isParent: $1)
      }
    }
  }
}
