import Faces

/// Videos with the scores that verdicts are given on: the mean over the frames of a person.
public struct ScoredVideos: Sendable {
  /// The videos, in the order of their names.
  public let samples: ScoredSamples<Videos>
  /// The forgery method of each; that of real ones has no meaning.
  public let methods: [String]
  /// Which data they are, such as `validation split of 'people'`.
  public let data: String
  /// The number of identities in them.
  public let identities: Int

  /// The videos of some frames.
  ///
  /// - Parameters:
  ///   - videos: the video of each frame; a still by itself is a video of its own.
  ///   - methods: the forgery method of each frame.
  public init(
    of frames: ScoredSamples<Frames>, videos: [String], methods: [String], data: String,
    identities: Int
  ) throws(DetectionError) {
    samples = try frames.perVideo(videos, by: .mean)
    let known = Dictionary(zip(videos, methods), uniquingKeysWith: { first, _ in first })
    self.methods = known.sorted { $0.key < $1.key }.map(\.value)
    (self.data, self.identities) = (data, identities)
  }

  /// The scores of a class, ascending.
  func scores(_ label: Label) -> [Double] {
    zip(samples.probabilities, samples.labels).filter { $0.1 == label }.map(\.0).sorted()
  }

  /// The scores of each forgery method.
  var scoresByMethod: [String: [Double]] {
    var scores: [String: [Double]] = [:]
    for (index, method) in methods.enumerated() where samples.labels[index] == .fake {
      scores[method, default: []].append(samples.probabilities[index])
    }
    return scores
  }
}
