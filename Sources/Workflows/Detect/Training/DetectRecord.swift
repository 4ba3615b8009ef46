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
  /// The labeled dataset, from the root.
  var data: String
  /// The SHA-256 of its manifest.
  var manifest: String
  var detectors: [DetectorKind]
  /// The forgery methods to train on; nil for all.
  var methods: [String]?
  /// The detector that a network was initialized from; nil for random weights.
  var initialization: DetectorInitialization?
  var minutes: Double
  var iterations: Int?
  var batch: Int?
  /// The side of the networks' input and the share of a crop that they see; nil for the defaults.
  var size: Int?
  var cropShare: Double?
  /// The networks' learning rate; nil for the default.
  var learningRate: Double?
  var seed: UInt64
  var precision: Precision
  /// The number of threads of the last session; other numbers change the last bits of the weights.
  var threads: Int

  /// The settings of a request; omitted ones are those of the earlier session, or the defaults.
  ///
  /// - Parameters:
  ///   - path: the labeled dataset.
  ///   - old: the settings of an earlier session; nil for a new run.
  init(
    _ request: DetectRequest, set path: String, after old: DetectRecord?
  ) throws {
    data = path
    manifest = try FileHash.ofFile("\(path)/\(LabeledDataset.manifestName)")
    detectors = request.detectors ?? old?.detectors ?? DetectRequest.usual
    methods = request.methods ?? old?.methods
    initialization = old?.initialization
    minutes = request.minutes ?? old?.minutes ?? 10
    iterations = request.iterations ?? (request.minutes == nil ? old?.iterations : nil)
    batch = request.batch ?? old?.batch
    size = request.size ?? old?.size
    cropShare = request.cropShare ?? old?.cropShare
    learningRate = request.learningRate ?? old?.learningRate
    seed = request.seed ?? old?.seed ?? 1
    precision = request.precision ?? old?.precision ?? .float32
    threads = ThreadPool.threads
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

  /// The settings as options with their values.
  var choices: [SettingChoice] {
    [
      SettingChoice("--data", data), SettingChoice("a dataset with SHA-256", manifest),
      SettingChoice("--detectors", detectors.map(\.rawValue).joined(separator: ",")),
      SettingChoice("--methods", methods?.joined(separator: ",") ?? "all"),
      SettingChoice("--init", initialization?.name ?? "none"),
      SettingChoice("--init with SHA-256", initialization?.hash ?? "none"),
      SettingChoice("--minutes", "\(minutes)"),
      SettingChoice("--iterations", text(iterations)),
      SettingChoice("--batch", text(batch)), SettingChoice("--size", text(size)),
      SettingChoice("--crop-share", text(cropShare)),
      SettingChoice("--learning-rate", text(learningRate)),
      SettingChoice("--seed", "\(seed)"),
      SettingChoice("--precision", precision.rawValue),
    ]
  }

  private func text(_ number: (some Numeric)?) -> String { number.map { "\($0)" } ?? "none" }

  /// The request for these settings.
  ///
  /// - Parameter isNetwork: whether any detector could be initialized.
  func request(_ name: String, isNetwork: Bool) -> DetectRequest {
    var request = DetectRequest()
    (request.name, request.data, request.detectors) = (name, data, detectors)
    (request.methods, request.batch, request.seed) = (methods, batch, seed)
    (request.size, request.cropShare) = (size, cropShare)
    request.learningRate = learningRate
    (request.iterations, request.minutes) = (iterations, iterations == nil ? minutes : nil)
    request.precision = precision
    if isNetwork {
      request.initialModel = initialization?.name ?? DetectorInitialization.none
    }
    return request
  }
}
