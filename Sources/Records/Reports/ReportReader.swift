/// Reads the reports of one kind of run back from the run's folder.
///
/// Each workflow provides one; the code that writes reports is passed those of all workflows.
public struct ReportReader: Sendable {
  /// The command whose runs it reads, such as `swap`.
  public let kind: String
  /// The file in a run's folder that the report is generated from.
  public let file: String
  /// The page of a folder; nil for a folder of another kind.
  public let page: @Sendable (String) throws -> ReportPage?

  /// - Parameters:
  ///   - kind: the command whose runs it reads.
  ///   - file: the file in a run's folder that the report is generated from.
  ///   - page: the page of a folder; nil for a folder of another kind.
  public init(
    _ kind: String, from file: String, page: @escaping @Sendable (String) throws -> ReportPage?
  ) {
    (self.kind, self.file, self.page) = (kind, file, page)
  }
}
