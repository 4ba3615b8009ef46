/// How the reports of one kind of run are read back from its folder.
///
/// Each workflow has one; whoever writes reports is handed those of all workflows.
public struct ReportReader: Sendable {
  /// The command whose runs it reads, such as `swap`.
  public let kind: String
  /// The file of a run's folder that the report follows from.
  public let file: String
  /// The page of a folder; nil for a folder of another kind.
  public let page: @Sendable (String) throws -> ReportPage?

  /// - Parameters:
  ///   - kind: the command whose runs it reads.
  ///   - file: the file of a run's folder that the report follows from.
  ///   - page: the page of a folder; nil for a folder of another kind.
  public init(
    _ kind: String, from file: String, page: @escaping @Sendable (String) throws -> ReportPage?
  ) {
    (self.kind, self.file, self.page) = (kind, file, page)
  }
}
