import Detection
import Engine
import Faces
import Foundation
import Records

/// `settings.json` of a detector training run.
struct DetectRecord: Codable, Equatable {
  /// The command of the run.
  var command = "detect"
  /// The version of dflab.
  var version = Program.version
  /// What was asked for in the first session, with the defaults of what it left open and the path of
  /// the dataset from the root.
  private(set) var request: DetectRequest
  /// The SHA-256 of the dataset's manifest.
  var manifest: String
  /// The detector that a network was initialized from; nil for random weights.
  private(set) var initialization: DetectorInitialization?
  /// The number of threads of the last session; other numbers change the last bits of the weights.
  var threads: Int

  var detectors: [DetectorKind] { request.detectors ?? DetectRequest.usual }
  /// The training time, if `request` has no number of iterations.
  var minutes: Double { request.minutes ?? 10 }
  var seed: UInt64 { request.seed ?? 1 }
  var precision: Precision { request.precision ?? .float32 }

  /// The settings of a request; omitted ones are those of the earlier session, or the defaults.
  ///
  /// - Parameters:
  ///   - path: the labeled dataset.
  ///   - old: the settings of an earlier session; nil for a new run.
  init(
    _ request: DetectRequest, set path: String, after old: DetectRecord?
  ) throws {
    manifest = try FileHash.ofFile("\(path)/\(LabeledDataset.manifestName)")
    threads = ThreadPool.threads
    self.request = request.filled(
      from: old?.request, except: request.minutes == nil ? [] : ["iterations"])
    (self.request.data, self.request.name, self.request.workspace) = (path, nil, nil)
    (self.request.hasBoard, self.request.isForced) = (false, false)
    (self.request.detectors, self.request.minutes) = (detectors, minutes)
    (self.request.seed, self.request.precision) = (seed, precision)
    if let old { initialize(from: old.initialization) }
  }

  /// Notes the weights that training begins with; nil for random ones.
  mutating func initialize(from initialization: DetectorInitialization?) {
    self.initialization = initialization
    request.initialModel = initialization?.name ?? DetectorInitialization.none
  }

  /// The settings at `path`; nil if there is no file.
  static func read(at path: String) throws -> DetectRecord? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let record = try? JSONDecoder().decode(DetectRecord.self, from: data),
      record.command == "detect"
    else {
      throw RecordsError.unreadable(
        path: path, reason: "not the settings of detector training")
    }
    return record
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }

  /// The settings as options with their values: all options but those of a single session.
  var choices: [SettingChoice] {
    request.choices(except: ["name", "tensorboard", "force"]) + [
      SettingChoice("a dataset with SHA-256", manifest),
      SettingChoice("--init with SHA-256", initialization?.hash ?? "none"),
    ]
  }

  /// The request for these settings.
  ///
  /// - Parameter isNetwork: whether any detector could be initialized.
  func request(_ name: String, isNetwork: Bool) -> DetectRequest {
    var request = self.request
    request.name = name
    if request.iterations != nil { request.minutes = nil }
    if !isNetwork { request.initialModel = nil }
    return request
  }
}
