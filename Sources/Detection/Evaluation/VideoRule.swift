import Faces

/// The aggregation of a video's frame scores.
public enum VideoRule: Equatable, Sendable {
  /// The mean of the frames' probabilities.
  case mean
  /// The share of frames with a probability at or above the threshold.
  case share(threshold: Double)

  /// The video's score, 0…1.
  ///
  /// - Parameter probabilities: of its frames, at least one.
  public func score(of probabilities: [Double]) -> Double {
    switch self {
    case .mean:
      min(1, probabilities.reduce(0, +) / Double(probabilities.count))
    case .share(let threshold):
      Double(probabilities.count { $0 >= threshold }) / Double(probabilities.count)
    }
  }
}

extension ScoredSamples where Level == Frames {
  /// The videos of the frames, in the order of their names.
  ///
  /// A video belongs to the group of its first frame.
  ///
  /// - Parameter videos: the video of each frame.
  public func perVideo(
    _ videos: [String], by rule: VideoRule
  ) throws(DetectionError) -> ScoredSamples<Videos> {
    precondition(videos.count == count, "\(videos.count) videos for \(count) frames")
    let frames = Dictionary(grouping: videos.indices) { videos[$0] }
    let names = frames.keys.sorted()
    var (scores, labels, groups): ([Double], [Label], [String]) = ([], [], [])
    for name in names {
      let members = frames[name] ?? []
      guard Set(members.map { self.labels[$0] }).count == 1 else {
        throw .mixedVideo(video: name)
      }
      scores.append(rule.score(of: members.map { probabilities[$0] }))
      labels.append(self.labels[members[0]])
      groups.append(self.groups[members[0]])
    }
    return ScoredSamples<Videos>(
      scores: scores, probabilities: scores, labels: labels, groups: groups)
  }
}
