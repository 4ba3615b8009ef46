public import Generation

extension SwapObstacle {
  /// The reason, for the user, phrased to follow a name or a number of faces.
  public var reason: String {
    switch self {
    case .turned: "turned farther than the training faces"
    case .cropped: "mostly outside the picture"
    case .hidden: "partly hidden"
    case .undriven: "without a face in the driver at that time"
    case .apart: "turned too differently from the driver"
    }
  }

  /// The numbers by reason, as in "3 turned farther than the training faces, 1 mostly outside the
  /// picture"; empty for none.
  public static func text(_ counts: [SwapObstacle: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($1) \($0.reason)" }.joined(separator: ", ")
  }
}
