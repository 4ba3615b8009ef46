public import Records

/// A request to calibrate an imported detector.
public struct CalibrateRequest: RunRequest {
  /// The name of the model.
  public var model = ""
  /// A labeled dataset: a name in `Datasets` or a folder; nil for the newest.
  public var data: String?
  /// The name of the run; nil for `calibrate-MODEL`.
  public var name: String?
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// Without a model.
  public init() {}

  /// A calibration of a model on the newest dataset.
  public init(_ model: String) { self.model = model }
}

extension CalibrateRequest {
  public static let command = "detect --calibrate"
  public static let commandWords = ["detect"]

  public static let options: [RequestOption<CalibrateRequest>] = [
    RequestOption(
      "calibrate", \.model,
      "Calibrate this imported detector on a labeled dataset's validation split, and select its limits",
      section: "Calibration"),
    RequestOption(
      "data", \.data, "Labeled dataset: a name in Datasets or a folder (default: the newest)"
    )
    .path(where: RequestOption<CalibrateRequest>.isDataset),
    .detectRunName(\.name),
    .workspace(\.workspace),
  ]
}

/// An event of a calibration.
public enum CalibrateEvent: RunEvent, Equatable {
  /// A note for the user; a sentence.
  case noted(String)
  /// The validation samples of a dataset are being scored.
  case scoring(dataset: String, samples: Int)
}
