public import Records

/// An event of pretraining.
public enum PretrainEvent: RunEvent, Equatable {
  /// Something about the faces that the user should know.
  case noted(String)
  /// The faces have been read.
  case read(faces: Int, heldOut: Int)
  /// Training has started or resumed.
  case started(run: String, iteration: Int, of: Int)
  /// Some steps are done.
  case trained(iteration: Int, of: Int)
  /// The model was evaluated on held-out faces.
  case evaluated(PretrainLog)
}

/// The result of pretraining.
public struct PretrainOutcome: Encodable, Equatable, Sendable {
  /// The run's name.
  public let run: String
  /// The model's file; nil if training was interrupted.
  public let model: String?
  /// The report; nil if training was interrupted.
  public let report: String?
  /// Completed and requested training steps.
  public let iteration, iterations: Int
}

/// A line of `log.jsonl` of a pretraining run.
public struct PretrainLog: LogLine, Equatable, Sendable {
  /// The quality of one kind of generated faces, mean per face.
  public struct Quality: Codable, Equatable, Sendable {
    /// SSIM, up to 1; PSNR in dB; sharpness relative to the faces.
    public let ssim, psnr, sharpness: Double
  }

  /// The number of completed steps.
  public let iteration: Int
  /// The quality on held-out faces: of each autoencoder, or of a swap model's reconstructions and
  /// swaps.
  public let heldOut: [String: Quality]

  public var point: BoardFile.Point? { nil }
}
