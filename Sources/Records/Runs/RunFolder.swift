import Faces
public import Foundation

/// Where the files of a run lie.
public struct RunFolder: Equatable, Sendable {
  /// The name of the run.
  public let name: String
  /// `Labs/<run>`.
  public let lab: String
  /// `Checkpoints/<run>`.
  public let checkpoints: String

  /// The places of a run, which need not be there yet.
  public init(_ name: RunName, in workspace: Workspace) {
    self.init(name: name.description, in: workspace)
  }

  /// The places of a run whose name is known to be one.
  public init(name: String, in workspace: Workspace) {
    self.name = name
    lab = workspace.lab(of: name)
    checkpoints = workspace.checkpoints(of: name)
  }

  /// All settings, the seed, the program's version and what was trained on.
  public var settings: String { "\(lab)/settings.json" }
  /// One object a line: losses, held-out figures, why training stopped.
  public var log: String { "\(lab)/log.jsonl" }
  /// The loss and the held-out quality over training time.
  public var curves: String { "\(lab)/curves.png" }
  /// Held-out faces, their reconstructions and their swaps.
  public var preview: String { "\(lab)/preview.png" }
  /// All figures, from which the report is drawn.
  public var results: String { "\(lab)/results.json" }
  /// The report: one page that needs no other file.
  public var page: String { "\(lab)/\(ReportPage.name).html" }
  /// The report as Markdown, with its drawings and pictures beside it.
  public var markdown: String { "\(lab)/\(ReportPage.name).md" }
  /// The folder of all swapped pictures.
  public var swaps: String { "\(lab)/swaps" }
  /// Where training stands.
  public var latest: String { "\(checkpoints)/latest.safetensors" }
  /// The weights with the best held-out score.
  public var best: String { "\(checkpoints)/best.safetensors" }
  /// The file that the working process holds locked.
  public var lock: String { "\(lab)/.lock" }

  /// True when a session has saved weights here.
  public var isTrained: Bool { [latest, best].contains(where: FileManager.default.fileExists) }

  /// True when the checkpoints hold a model that was put there, not trained there.
  public var isFinishedModel: Bool {
    let files = FileManager.default
    return files.fileExists(atPath: best)
      && ![latest, settings].contains(where: files.fileExists)
  }

  /// Makes the folders, where they are missing.
  public func make() throws(RecordsError) {
    for folder in [lab, checkpoints] { try RunFolder.make(folder) }
  }

  /// Makes one folder, where it is missing.
  public static func make(_ folder: String) throws(RecordsError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder, reason: reason(of: error))
    }
  }

  /// Takes a file away, or a folder with all that is in it.
  public static func remove(_ path: String) throws(RecordsError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .unwritable(path: path, reason: reason(of: error))
    }
  }

  /// What lies in a folder, in order; nothing if there is none.
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

  /// What lies in a folder, in order, but for hidden files and the record of a run.
  public static func things(in folder: String) throws(RecordsError) -> [String] {
    try names(in: folder).filter {
      !$0.hasPrefix(".") && ![RunRecord.name, Ledger.name].contains($0)
    }
  }

  /// What a file holds; nil if there is none.
  ///
  /// What is there and cannot be read is refused, so that it is never taken for missing and
  /// written over.
  ///
  /// - Parameter most: how many bytes are read at most; nil for all.
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

  /// What a Foundation error says, short enough for the middle of a sentence.
  public static func reason(of error: any Error) -> String {
    (error as NSError).plainReason
  }
}
