import Foundation

/// Pictures, videos and faces of real people, for tests that want some.
public enum RealData {
  /// The folder that `DFLAB_REAL_DATA` names; nil where it names none.
  public static let folder = folder(in: ProcessInfo.processInfo.environment)

  /// Whether there is one.
  public static var isThere: Bool { folder != nil }

  /// What an environment names; an empty name is no folder.
  public static func folder(in environment: [String: String]) -> String? {
    environment["DFLAB_REAL_DATA"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
