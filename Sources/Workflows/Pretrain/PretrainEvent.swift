public import Records

/// A figure on held-out faces.
public enum PretrainFigure: String, CaseIterable, Sendable {
  /// SSIM, up to 1.
  case ssim
  /// PSNR in dB.
  case psnr
  /// Sharpness relative to the faces.
  case sharpness
  /// The mean absolute error of the closure, 0 to 1.
  case error

  /// The name in tables and on axes.
  public var title: String {
    switch self {
    case .ssim: "SSIM"
    case .psnr: "PSNR, dB"
    case .sharpness: "sharpness"
    case .error: "mean absolute error"
    }
  }

  /// Digits after the point.
  public var digits: Int {
    switch self {
    case .psnr: 1
    case .sharpness: 2
    case .ssim, .error: 3
    }
  }
}

extension PretrainModel {
  /// The figure that curves and progress show.
  public var mainFigure: PretrainFigure { self == .eyes ? .error : .psnr }
}

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
  /// The number of completed steps.
  public let iteration: Int
  /// Figures on held-out faces, named as in `PretrainFigure`: of each autoencoder, of a swap model's
  /// reconstructions and swaps, or of open and closing eyes; the mean per face.
  public let heldOut: [String: [String: Double]]

  public var point: BoardFile.Point? { nil }
}
