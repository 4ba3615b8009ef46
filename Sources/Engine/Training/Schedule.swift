import Foundation

/// The learning rate over a run, as a factor on its peak.
public struct Schedule: Codable, Equatable, Sendable {
  /// The decay after the warm-up.
  public enum Course: String, CaseIterable, Codable, Sendable {
    /// 1 throughout.
    case constant
    /// Linear from 1 to `floor`.
    case linear
    /// Half a cosine wave from 1 to `floor` (Loshchilov & Hutter 2017).
    case cosine
  }

  /// The decay after the warm-up.
  public let course: Course
  /// Iterations of linear warm-up; 0 for none.
  public let warmup: Int
  /// The factor at the end of the decay.
  public let floor: Double

  /// A schedule, independent of the length of the run.
  public init(_ course: Course, warmup: Int = 0, floor: Double = 0) {
    precondition(warmup >= 0, "a warm-up of \(warmup) iterations")
    precondition((0...1).contains(floor), "a schedule's floor is in 0…1, not \(floor)")
    self.course = course
    self.warmup = warmup
    self.floor = floor
  }

  /// The factor for one iteration.
  ///
  /// - Parameters:
  ///   - progress: the completed share of the run, by iterations or by time; clamped to 0…1.
  ///   - iteration: the number of previous iterations; the warm-up starts at 1 / `warmup`, not at
  ///     0.
  public func factor(at progress: Double, iteration: Int = .max) -> Float {
    let progress = progress.isNaN ? 0 : min(max(progress, 0), 1)
    let fall =
      switch course {
      case .constant: 1.0
      case .linear: 1 - (1 - floor) * progress
      case .cosine: floor + (1 - floor) * (1 + cos(.pi * progress)) / 2
      }
    return Float(iteration < warmup ? fall * Double(iteration + 1) / Double(warmup) : fall)
  }
}
