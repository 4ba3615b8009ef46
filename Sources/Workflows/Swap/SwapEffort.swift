import Generation

/// How much time a swap run may take, and what it does with it.
public enum SwapEffort: String, CaseIterable, Codable, Sendable {
  /// A first look.
  case quick
  /// What most uses need.
  case balanced
  /// The best that the program can do in an hour.
  case best

  /// The training time in minutes.
  public var minutes: Double {
    switch self {
    case .quick: 2
    case .balanced: 10
    case .best: 60
    }
  }

  /// The side of the faces in pixels.
  public var size: Int {
    switch self {
    case .quick: 64
    case .balanced: 96
    case .best: 128
    }
  }

  /// The adversarial loss; nil for none.
  var gan: AdversarialSettings.Kind? { self == .best ? .lsgan : nil }

  /// All of them, for help texts.
  static var summary: String {
    allCases.map { effort in
      let gan = effort.gan.map { ", --gan \($0.rawValue)" } ?? ""
      return
        "\(effort.rawValue) (\(Int(effort.minutes)) minutes, \(effort.size)×\(effort.size)\(gan))"
    }.joined(separator: ", ")
  }
}
