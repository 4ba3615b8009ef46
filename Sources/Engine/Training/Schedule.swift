import Foundation

/// How the learning rate changes over a run, as a factor on its peak.
public struct Schedule: Codable, Equatable, Sendable {
  /// The course after the warm-up.
  public enum Course: String, CaseIterable, Codable, Sendable {
    /// 1 throughout.
    case constant
    /// A straight line from 1 down to `floor`.
    case linear
    /// Half a cosine wave from 1 down to `floor` (Loshchilov & Hutter 2017).
    case cosine
  }

  /// The course after the warm-up.
  public let course: Course
  /// Iterations over which the factor rises evenly to the course; 0 for none.
  public let warmUp: Int
  /// The factor at the end of a falling course.
  public let floor: Double

  /// A schedule; nothing of it depends on how long the run is but the progress that it is asked for.
  public init(_ course: Course, warmUp: Int = 0, floor: Double = 0) {
    precondition(warmUp >= 0, "a warm-up of \(warmUp) iterations")
    precondition((0...1).contains(floor), "a schedule's floor is in 0…1, not \(floor)")
    self.course = course
    self.warmUp = warmUp
    self.floor = floor
  }

  /// The factor for one iteration.
  ///
  /// - Parameters:
  ///   - progress: the share of the run that is done, by iterations or by time; held to 0…1.
  ///   - iteration: how many iterations were made before; the first of a warm-up is not 0 but
  ///     one part of `warmUp`.
  public func factor(at progress: Double, iteration: Int = .max) -> Float {
    let progress = progress.isNaN ? 0 : min(max(progress, 0), 1)
    let fall =
      switch course {
      case .constant: 1.0
      case .linear: 1 - (1 - floor) * progress
      case .cosine: floor + (1 - floor) * (1 + cos(.pi * progress)) / 2
      }
    return Float(iteration < warmUp ? fall * Double(iteration + 1) / Double(warmUp) : fall)
  }
}
