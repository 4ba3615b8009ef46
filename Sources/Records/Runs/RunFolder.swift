import Faces
public import Foundation

/// The paths of a run's files.
public struct RunFolder: Equatable, Sendable {
  /// The name of the run.
  public let name: String
  /// `Labs/<run>`.
  public let lab: String
  /// `Checkpoints/<run>`.
  public let checkpoints: String

  /// The paths of a run, which need not exist.
  public init(_ name: RunName, in workspace: Workspace) {
    self.init(name: name.description, in: workspace)
  }

  /// The paths of a run with a valid name.
  public init(name: String, in workspace: Workspace) {
    self.name = name
    lab = workspace.lab(of: name)
    checkpoints = workspace.checkpoints(of: name)
  }

  /// All settings, the seed, the program's version and the training data.
  public var settings: String { "\(lab)/settings.json" }
  /// One object per line: losses, held-out metrics, the reason for stopping.
  public var log: String { "\(lab)/log.jsonl" }
  /// Loss and held-out quality over training time.
  public var curves: String { "\(lab)/curves.png" }
  /// Held-out faces with their reconstructions and swaps.
  public var preview: String { "\(lab)/preview.png" }
  /// All metrics, from which the report is made.
  public var results: String { "\(lab)/results.json" }
  /// The self-contained report.
  public var page: String { "\(lab)/\(ReportPage.name).html" }
  /// The report as Markdown, with separate charts and pictures.
  public var markdown: String { "\(lab)/\(ReportPage.name).md" }
  /// The folder of all swapped pictures.
  public var swaps: String { "\(lab)/swaps" }
  /// The training state.
  public var latest: String { "\(checkpoints)/latest.safetensors" }
  /// The weights with the best held-out score.
  public var best: String { "\(checkpoints)/best.safetensors" }
  /// The lock file of the working process.
  public var lock: String { "\(lab)/.lock" }

  /// True if a session has saved weights.
  public var isTrained: Bool { [latest, best].contains(where: FileManager.default.fileExists) }

  /// True if the checkpoint is a finished model that was not trained there.
  public var isFinishedModel: Bool {
    let files = FileManager.default
    return files.fileExists(atPath: best)
      && ![latest, settings].contains(where: files.fileExists)
  }

  /// Creates the folders if necessary.
  public func make() throws(RecordsError) {
    for folder in [lab, checkpoints] { try RunFolder.make(folder) }
  }

  /// Creates one folder if necessary.
  public static func make(_ folder: String) throws(RecordsError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder, reason: reason(of: error))
    }
  }

  /// Removes a file, or a folder with its content.
  public static func remove(_ path: String) throws(RecordsError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .unwritable(path: path, reason: reason(of: error))
    }
  }

  /// The names in a folder, sorted; empty if it does not exist.
  public static func names(in folder: String) throws(RecordsError) -> [String] {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return [] }
    guard Workspace.isFolder(folder) else {
      throw .unwritable(path: folder, reason: "it is a file, not a folder")
    }
    do {
      return try files.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(path: folder, reason: reason(of: error))
    }
  }

  /// The names in a folder, sorted, without hidden files and the records of a run or shard.
  public static func things(in folder: String) throws(RecordsError) -> [String] {
    try names(in: folder).filter {
      !$0.hasPrefix(".") && ![RunRecord.name, Ledger.name, ShardRecord.name].contains($0)
    }
  }

  /// The content of a file; nil if it does not exist.
  ///
  /// An unreadable file throws, so that it is never treated as missing and overwritten.
  ///
  /// - Parameter most: the maximum number of bytes to read; nil for all.
  public static func contents(of path: String, most: Int? = nil) throws(RecordsError) -> Data? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      guard let most else { return try Data(contentsOf: URL(filePath: path)) }
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      return try file.read(upToCount: most) ?? Data()
    } catch {
      throw .unreadable(path: path, reason: reason(of: error))
    }
  }

  /// The message of a Foundation error, short enough for the middle of a sentence.
  public static func reason(of error: any Error) -> String {
    (error as NSError).plainReason
  }
}
