/// How a picture or video was made, by the terms of IPTC's NewsCodes.
public enum MediaOrigin: String, CaseIterable, Sendable {
  /// By a model trained on sampled content.
  case trained = "trainedAlgorithmicMedia"
  /// From a picture or video of which a trained model made a part.
  case composite = "compositeWithTrainedAlgorithmicMedia"
  /// "Purely by an algorithm not based on any sampled training data".
  case rendered = "algorithmicMedia"

  /// The term as a URL.
  public var sourceType: String { "http://cv.iptc.org/newscodes/digitalsourcetype/\(rawValue)" }

  /// The beginning of a sentence.
  var words: String {
    switch self {
    case .trained: "Made by a trained model"
    case .composite: "Edited by a trained model"
    case .rendered: "Rendered without a trained model"
    }
  }
}
