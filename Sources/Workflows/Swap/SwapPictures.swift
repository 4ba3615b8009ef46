public import Generation

/// What a run made of all pictures.
public struct SwapPictures: Codable, Equatable, Sendable {
  /// The number of pictures to swap.
  public let pictures: Int
  /// The number of those with a swap.
  public internal(set) var swapped = 0
  /// The numbers of those that were left as they are, by reason.
  public internal(set) var left: [SwapObstacle: Int] = [:]
  /// How well the swapped faces fit into their pictures.
  public internal(set) var fit = InsertionFit()

  init(pictures: Int) { self.pictures = pictures }

  /// The number of pictures that need nothing more.
  var done: Int { swapped + left.values.reduce(0, +) }
}
