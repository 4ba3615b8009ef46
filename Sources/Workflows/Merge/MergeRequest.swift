public import Records

/// A request to join shards.
public struct MergeRequest: RunRequest {
  /// The folders of all shards, in any order.
  public var shards: [String] = []
  /// The result: a name in the workspace's `Datasets`, or a path.
  public var out = ""
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without shards.
  public init() {}

  /// A request to join these shards.
  public init(_ shards: [String], out: String) { (self.shards, self.out) = (shards, out) }
}

extension MergeRequest {
  public static let command = "datasets merge"
  public static let outputOption = "out"

  public static let options: [RequestOption<MergeRequest>] = [
    RequestOption(
      "shards", \.shards, "Folders of all shards, in any order", form: .arguments, kind: .folder,
      isRequired: true),
    RequestOption(
      "out", \.out, "The result: a name in Datasets, or a folder's path", isRequired: true
    ).path { $0.contains("/") },
    .workspace(\.workspace),
  ]

  public var conflict: String? {
    shards.isEmpty ? "Give the folders of all shards." : nil
  }
}
