import Engine
import Faces
import Foundation
import Records

/// The content of a labeled dataset, as `dflab datasets show` prints it.
public struct LabeledDatasetSummary: Encodable, Equatable, Sendable {
  /// The folder, from the root.
  public let folder: String
  /// The number of samples.
  public let samples: Int
  /// How many of them are clips, and the number of their frames; nil without clips.
  public let clipSamples, clipFrames: Int?
  /// Samples by method and split.
  public let methods: [Row]
  /// The number of identities, and of clips, in each split.
  public let identities, clips: [String: Int]
  /// The shortcut baselines; nil without an audit.
  public let audit: AuditReport?
  /// The sheet of samples by method.
  public let sheet: String
  /// Pictures that could not be used; each a sentence.
  public let notes: [String]

  /// The samples of one method in each split.
  public struct Row: Encodable, Equatable, Sendable {
    /// The method.
    public let method: String
    /// By the split's name.
    public let splits: [String: Int]
  }

  /// The number of samples in words, such as "640 samples, 40 of them clips (640 frames)".
  public var contents: String {
    guard let clipSamples, let clipFrames else { return "\(samples) samples" }
    return "\(samples) samples, \(clipSamples) of them clips (\(clipFrames) frames)"
  }

  /// Reads the set, and draws its sheet.
  ///
  /// - Parameters:
  ///   - name: a name below the workspace's `Datasets`, or a folder; nil for the newest set.
  ///   - sheet: the file of the sheet; nil for `sheet.png` in the set.
  public init(of name: String?, workspace: String?, sheet: String? = nil) throws {
    let path = try LabeledDataset.path(of: name, workspace: workspace)
    let set = try LabeledDataset(reading: path)
    let sheet = sheet ?? AugmentFolder(path: path).sheet
    try LabeledDatasetSheet(set).write(to: sheet)
    self.init(of: set, sheet: sheet)
  }

  /// Counts what a set holds.
  ///
  /// - Parameter sheet: where its sheet is.
  init(of set: LabeledDataset, sheet: String) {
    (folder, self.sheet) = (set.path, sheet)
    samples = set.samples.count
    let clips = set.samples.filter(\.isClip)
    clipSamples = clips.isEmpty ? nil : clips.count
    clipFrames = clips.isEmpty ? nil : clips.reduce(0) { $0 + $1.files.count }
    methods = LabeledDatasetSheet.methods(of: set).map { method in
      let own = set.samples.filter { $0.method == method }
      return Row(method: method, splits: LabeledDatasetSummary.counts(own, \.count))
    }
    identities = LabeledDatasetSummary.counts(set.samples) { Set($0.flatMap(\.identities)).count }
    self.clips = LabeledDatasetSummary.counts(set.samples) { Set($0.flatMap(\.clips)).count }
    audit = AuditReport(reading: AugmentFolder(path: set.path).audit)
    notes = set.skipped.map(\.description)
  }

  private static func counts(_ samples: [Sample], _ count: ([Sample]) -> Int) -> [String: Int] {
    Dictionary(grouping: samples) { $0.split.rawValue }.mapValues(count)
  }
}
